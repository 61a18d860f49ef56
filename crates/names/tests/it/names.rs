//! The tables follow what the API server's own validation accepts and refuses.

use crate::table::texts;
use names::{
    ComponentName, ContainerName, DataKey, EnvironmentVariable, ObjectName, PortName, RoleName,
    ServiceName, WorkloadName, rules,
};

#[test]
fn labels_are_those_of_rfc_1123() {
    let longest = "a".repeat(63);
    let too_long = "a".repeat(64);
    texts::<ContainerName>(
        &[
            "a",
            "ab",
            "abc",
            "a1",
            "a-1",
            "a--1--2--b",
            "0",
            "01",
            "012",
            "1a",
            "1-a",
            "1--a--b--2",
            &longest,
        ],
        &[
            "", "A", "ABC", "aBc", "A1", "A-1", "1-A", "-", "a-", "-a", "1-", "-1", "_", "a_",
            "_a", "a_b", "1_", "_1", "1_2", ".", "a.", ".a", "a.b", "1.", ".1", "1.2", " ", "a ",
            " a", "a b", "1 ", " 1", "1 2", "a\n", "ä", &too_long,
        ],
    );
}

#[test]
fn service_names_start_with_a_letter() {
    texts::<ServiceName>(
        &["a", "ab", "abc", "a1", "a-1", "a--1--2--b", &"a".repeat(63)],
        &[
            "",
            "0",
            "01",
            "1a",
            "1-a",
            "A",
            "a.b",
            "-a",
            "a-",
            "_",
            " ",
            &"a".repeat(64),
        ],
    );
}

#[test]
fn workload_names_leave_room_for_what_controllers_append() {
    texts::<WorkloadName>(
        &["redis", &"a".repeat(52)],
        &["0redis", "redis.io", &"a".repeat(53)],
    );
    texts::<ComponentName>(&["redis", &"a".repeat(52)], &["Redis", &"a".repeat(53)]);
}

#[test]
fn object_names_are_subdomains() {
    texts::<ObjectName>(
        &[
            "a",
            "0.0.0.0",
            "a.1",
            "a.b.c.d.e",
            "aa.bb.cc",
            "1.a",
            "a-1.b-2",
            "a--1.b",
            // Kubernetes does not limit the parts of a subdomain to 63 characters.
            &"a".repeat(253),
        ],
        &[
            "",
            "A",
            "aBc",
            "-",
            "a-",
            "-a",
            "_",
            "a_b",
            ".",
            "a.",
            ".a",
            "a..b",
            "1..2",
            "1 .2",
            "a.-b",
            "a-.b",
            "a.B",
            "a@b",
            "a,b",
            "a/b",
            "a\\b",
            &"a".repeat(254),
        ],
    );
}

#[test]
fn port_names_are_iana_service_names() {
    texts::<PortName>(
        &[
            "a",
            "telnet",
            "re-mail-ck",
            "pop3",
            "a-1",
            "1-a",
            "9p",
            "0a",
            "abcdefghijklmno",
        ],
        &[
            "",
            "1",
            "80",
            "1-1",
            "-a",
            "a-",
            "a--b",
            "HTTP",
            "http_metrics",
            "a.b",
            " a",
            "abcdefghijklmnop",
            "-",
            "é",
        ],
    );
}

#[test]
fn role_names_are_path_segments() {
    texts::<RoleName>(
        &["system:auth-delegator", "a", "View", "a.b", "..."],
        &["", ".", "..", "a/b", "a%b", "a b", "a\tb", &"a".repeat(254)],
    );
}

#[test]
fn data_keys_are_file_names() {
    texts::<DataKey>(
        &[
            "a",
            "good",
            "good-good",
            "still.good",
            "this.is.also.good",
            ".so.is.this",
            "THIS_IS_GOOD",
            "so_is_this_17",
            "a..b",
            "_",
            "-",
            &"a".repeat(253),
        ],
        &[
            "",
            ".",
            "..",
            "..bad",
            "b*d",
            "bad!&bad",
            "a/b",
            "a b",
            "...",
            "ü",
            &"a".repeat(254),
        ],
    );
}

#[test]
fn environment_variables_follow_the_relaxed_rule() {
    texts::<EnvironmentVariable>(
        &[
            "a",
            "DATABASE_URL",
            "discovery.type",
            "-a",
            "1",
            "Logging:Level",
            "a b",
            "..",
            "~",
        ],
        &["", "=", "a=b", "a\nb", "a\tb", "\u{7f}", "ä"],
    );
}

#[test]
fn a_message_says_what_was_expected_and_shows_an_example() {
    let error = "HTTP".parse::<PortName>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "invalid port name `HTTP`: expected lowercase letters, digits and single dashes, at least one letter, at most 15 characters, for \
         example `http-metrics`"
    );
}

#[test]
fn names_are_written_as_they_were_read() {
    let name = ObjectName::try_from("a.b".to_owned()).unwrap();
    assert_eq!(format!("{name}|{name:>5}|{name:<5}|"), "a.b|  a.b|a.b  |");
    assert_eq!(String::from(&name), "a.b");
    assert_eq!(String::from(name), "a.b");
    assert!(ObjectName::try_from("a..b".to_owned()).is_err());
}

#[test]
fn maps_of_names_are_searched_with_plain_text() {
    let services = std::collections::BTreeSet::from([names::name!(ServiceName, "redis")]);
    assert!(services.contains("redis"));
    assert!(!services.contains("identity"));
}

#[test]
fn the_rules_run_in_the_compiler() {
    const GOOD: bool = rules::is_label(b"redis") && !rules::is_label(b"Redis");
    const { assert!(GOOD) }
}
