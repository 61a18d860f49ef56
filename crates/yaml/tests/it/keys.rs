//! Keys: strings whatever their type, on one line, of any length.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::json;

use crate::readers::assert_reads;

#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
enum Colour {
    DarkRed,
    Yes,
}

#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Wrapped(String);

#[test]
fn keys_of_other_types_become_strings() {
    let numbers = yaml::to_string(&BTreeMap::from([(-1, "a"), (8080, "b")])).unwrap();
    assert_eq!(numbers, "\"-1\": a\n\"8080\": b\n");
    let booleans = yaml::to_string(&BTreeMap::from([(false, 0), (true, 1)])).unwrap();
    assert_eq!(booleans, "\"false\": 0\n\"true\": 1\n");
    let variants =
        yaml::to_string(&BTreeMap::from([(Colour::DarkRed, 0), (Colour::Yes, 1)])).unwrap();
    assert_eq!(variants, "dark-red: 0\n\"yes\": 1\n");
    let optional = yaml::to_string(&BTreeMap::from([(Some('n'), Wrapped("a".into()))])).unwrap();
    assert_eq!(optional, "\"n\": a\n");
    let wrapped = yaml::to_string(&BTreeMap::from([(Wrapped("a b".into()), 1)])).unwrap();
    assert_eq!(wrapped, "a b: 1\n");
}

#[test]
fn keys_without_a_text_are_an_error() {
    assert_eq!(
        yaml::to_string(&BTreeMap::from([(vec![1], 1)])),
        Err(yaml::Error::Key)
    );
    assert_eq!(
        yaml::to_string(&BTreeMap::from([((), 1)])),
        Err(yaml::Error::Key)
    );
    assert_eq!(
        yaml::to_string(&BTreeMap::from([(None::<u8>, 1)])),
        Err(yaml::Error::Key)
    );
    assert_eq!(
        yaml::to_string(&BTreeMap::from([((1, 2), 1)])),
        Err(yaml::Error::Key)
    );
}

#[test]
fn very_long_keys_are_read_too() {
    for length in [900, 999, 1000, 1001, 1024, 3000] {
        let key = "k".repeat(length);
        for value in [
            json!({ &key: "a", "z": 1 }),
            json!({ "outer": [{ &key: { "inner": [1] } }, 2], "z": { "a": { &key: ["b", "c\nd\n"] } } }),
            json!([{ &key: {}, "z": [] }, { &key: null }]),
        ] {
            assert_reads(&yaml::to_string(&value).unwrap(), &value);
        }
    }
}

/// A type that refuses to be serialised.
struct Refusing;

impl Serialize for Refusing {
    fn serialize<S: Serializer>(&self, _serializer: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("not today"))
    }
}

#[test]
fn a_refusal_is_an_error_and_its_text_is_not_yaml() {
    assert_eq!(
        yaml::to_string(&Refusing),
        Err(yaml::Error::Refused("not today".into()))
    );
    let text = yaml::text(&Refusing);
    assert_eq!(text, "%refused: \"not today\"\n");
    assert!(serde_yaml::from_str::<serde_json::Value>(&text).is_err());
    assert!(serde_saphyr::from_str::<serde_json::Value>(&text).is_err());
}
