//! Two independent YAML readers: libyaml's rules, and a parser written for YAML 1.2.

use serde_json::Value;

/// Asserts that both readers take `text` for `expected`.
pub(crate) fn assert_reads(text: &str, expected: &Value) {
    let one: Value =
        serde_yaml::from_str(text).unwrap_or_else(|error| panic!("serde_yaml: {error}\n{text}"));
    assert_eq!(
        &one, expected,
        "serde_yaml read something else from\n{text}"
    );
    let other: Value = serde_saphyr::from_str(text)
        .unwrap_or_else(|error| panic!("serde-saphyr: {error}\n{text}"));
    assert_eq!(
        &other, expected,
        "serde-saphyr read something else from\n{text}"
    );
}

/// Asserts that a value comes back from its text.
pub(crate) fn assert_round_trip(value: &Value) {
    assert_reads(&yaml::to_string(value).unwrap(), value);
}
