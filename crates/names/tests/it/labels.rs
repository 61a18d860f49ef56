use crate::table::texts;
use names::{AnnotationKey, LabelKey, LabelValue, label_value, name};

#[test]
fn label_keys_are_qualified_names() {
    let longest_name = "a".repeat(63);
    let longest_prefix = format!("{}/a", "a".repeat(253));
    texts::<LabelKey>(
        &[
            "simple",
            "now-with-dashes",
            "1-starts-with-num",
            "1234",
            "simple/simple",
            "now-with-dashes/simple",
            "now.with.dots/simple",
            "1-num.2-num/3-num",
            "1234/5678",
            "1.2.3.4/5678",
            "Uppercase_Is_OK_123",
            "example.com/Uppercase_Is_OK_123",
            "app.kubernetes.io/name",
            "a.b_c-d",
            &longest_name,
            &longest_prefix,
        ],
        &[
            "",
            "/",
            "nospecialchars%^=@",
            "cantendwithadash-",
            "-cantstartwithadash-",
            "only/one/slash",
            "Example.com/abc",
            "example_com/abc",
            "example.com/",
            "/simple",
            "a b",
            ".a",
            "a.",
            "_a",
            "a_",
            "a//b",
            "äbc",
            &"a".repeat(64),
            &format!("{}/a", "a".repeat(254)),
        ],
    );
    assert_eq!(names::label_key!("a.b/c").prefix(), Some("a.b"));
    assert_eq!(names::label_key!("c").prefix(), None);
}

#[test]
fn annotation_keys_may_have_an_upper_case_prefix() {
    texts::<AnnotationKey>(
        &[
            "Example.com/abc",
            "simple",
            "EXAMPLE.COM/Abc",
            "1234/5678",
            &format!("{}/a", "A".repeat(253)),
        ],
        &[
            "",
            "/",
            "Example_com/abc",
            "example.com/",
            "only/one/slash",
            "a-",
            &format!("{}/a", "A".repeat(254)),
        ],
    );
    assert_eq!(names::annotation_key!("Ab.c/d").prefix(), Some("Ab.c"));
}

#[test]
fn label_values_may_be_empty() {
    texts::<LabelValue>(
        &[
            "",
            "simple",
            "now-with-dashes",
            "1-starts-with-num",
            "end-with-num-1",
            "1234",
            "Uppercase_Is_OK.123",
            &"a".repeat(63),
        ],
        &[
            "nospecialchars%^=@",
            "cantendwithadash-",
            "-cantstartwithadash",
            "a/b",
            "a b",
            " ",
            ".",
            "-",
            "_a",
            &"a".repeat(64),
        ],
    );
}

#[test]
fn both_ways_to_write_a_label_value_are_the_same() {
    assert_eq!(label_value!("redis"), name!(LabelValue, "redis"));
}
