//! Awkward strings at every place where a string can stand.

use serde_json::json;

use crate::awkward;
use crate::readers::{assert_reads, assert_round_trip};

#[test]
fn there_are_enough_awkward_strings() {
    let all: Vec<&str> = awkward::strings().collect();
    let mut distinct = all.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(
        distinct.len(),
        all.len(),
        "some string is in the table twice"
    );
    assert!(all.len() >= 200, "only {} strings", all.len());
}

#[test]
fn a_string_comes_back_from_every_place() {
    for text in awkward::strings() {
        for value in [
            json!(text),
            json!([text]),
            json!([text, "after"]),
            json!([[text, text], "after"]),
            json!({ "key": text }),
            json!({ "key": text, "next": "after" }),
            json!({ "key": [text, text], "next": [text] }),
            json!({ "outer": { "key": text, "next": { "key": text } }, "outer2": [{ "key": text, "next": text }] }),
            json!({ text: "value" }),
            json!({ text: { text: text }, "zzz": [{ text: [text] }] }),
            json!([{ text: null }]),
        ] {
            assert_round_trip(&value);
        }
    }
}

#[test]
fn ordinary_strings_stay_bare() {
    for text in [
        "api-gateway",
        "registry.example.com/app:v1.4.2",
        "250m",
        "256Mi",
        "10.0.0.0/16",
        "25%",
        "--config=/etc/app.yaml",
        "-Xmx512m",
        "/healthz",
        "$(POD_NAME)",
        "${POD_NAME}",
        "GET,POST",
        "http://example.com:80/a?b=c#d",
        "a sentence of words",
        "5m",
        "720h",
        "15d",
        "app.kubernetes.io/name",
        "sum(rate(http_requests_total[5m])) by (code)",
        "it's",
        "naïve",
        "Never",
        "./run",
        "nope",
        "only",
    ] {
        assert_eq!(yaml::to_string(text).unwrap(), format!("{text}\n"));
    }
}

#[test]
fn quotes_are_the_ones_that_need_fewer_escapes() {
    for (text, expected) in [
        ("yes", "\"yes\""),
        ("", "\"\""),
        ("8080", "\"8080\""),
        ("1.28", "\"1.28\""),
        ("*.example.com", "\"*.example.com\""),
        ("{\"a\": 1}", "'{\"a\": 1}'"),
        ("\\d+", "'\\d+'"),
        ("\"it's\"", "'\"it''s\"'"),
        ("a\tb", "\"a\\tb\""),
        ("\"\u{85}\\", "\"\\\"\\x85\\\\\""),
        ("\u{2028}\u{10ffff}", "\"\\u2028\u{10ffff}\""),
        ("\u{202e}txt", "\"\\u202Etxt\""),
        ("a\u{feff}", "\"a\\uFEFF\""),
    ] {
        assert_eq!(yaml::to_string(text).unwrap(), format!("{expected}\n"));
    }
}

#[test]
fn what_only_other_readers_misread_is_quoted_too() {
    for text in [
        "1:30",
        "190:20:30.5",
        "12:34:56",
        "2026-11-21",
        "2001-12-14t21:59:43.10-05:00",
        "2001-12-15 2:59:43.10",
        "2026-11-21T12:00:00Z",
        "1_000",
        "0b1010",
        "0o7",
        "1,000",
        "08",
        "1e3",
        "+.inf",
        "=",
        "<<",
        "n",
        "Off",
    ] {
        assert_eq!(yaml::to_string(text).unwrap(), format!("\"{text}\"\n"));
    }
}

#[test]
fn a_reader_that_wants_strings_gets_strings() {
    for text in awkward::strings() {
        let texts = vec![text.to_owned()];
        let document = yaml::to_string(&texts).unwrap();
        let read: Vec<String> = serde_yaml::from_str(&document).unwrap();
        assert_eq!(read, texts);
        let read: Vec<String> = serde_saphyr::from_str(&document).unwrap();
        assert_eq!(read, texts);
    }
}

#[test]
fn very_long_strings_are_not_folded() {
    for text in [
        "word ".repeat(5000) + "end",
        "a".repeat(20_000),
        "\"".repeat(3000),
    ] {
        let document = yaml::to_string(&json!({ "key": text })).unwrap();
        assert_eq!(document.lines().count(), 1);
        assert_reads(&document, &json!({ "key": text }));
    }
}
