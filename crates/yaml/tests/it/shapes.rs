//! Every shape that serde knows.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

#[derive(Serialize)]
struct Unit;

#[derive(Serialize)]
struct Newtype(&'static str);

#[derive(Serialize)]
struct Pair(u8, bool);

#[derive(Serialize)]
enum Shape {
    Point,
    Circle(f64),
    Line(i8, i16),
    Box { width: u16, tags: Vec<&'static str> },
}

#[derive(Serialize)]
struct Inner {
    on: bool,
    nothing: Option<u8>,
    something: Option<u8>,
}

type Lists = BTreeMap<&'static str, Vec<u8>>;

#[derive(Serialize)]
struct Everything {
    unit: Unit,
    newtype: Newtype,
    pair: Pair,
    tuple: (u8, char, &'static str),
    shapes: Vec<Shape>,
    by_name: BTreeMap<&'static str, Shape>,
    inner: Inner,
    #[serde(flatten)]
    flattened: BTreeMap<&'static str, u8>,
    empty_map: BTreeMap<u8, u8>,
    empty_list: [u8; 0],
    deep: Vec<Vec<Vec<Lists>>>,
    bytes: &'static [u8],
}

fn everything() -> Everything {
    let square = || Shape::Box {
        width: 3,
        tags: vec!["red", "no"],
    };
    Everything {
        unit: Unit,
        newtype: Newtype("1"),
        pair: Pair(1, true),
        tuple: (2, 'y', "text"),
        shapes: vec![
            Shape::Point,
            Shape::Circle(1.5),
            Shape::Line(-1, 2),
            square(),
        ],
        by_name: BTreeMap::from([
            ("circle", Shape::Circle(2.0)),
            ("line", Shape::Line(3, -4)),
            ("point", Shape::Point),
            ("square", square()),
        ]),
        inner: Inner {
            on: true,
            nothing: None,
            something: Some(1),
        },
        flattened: BTreeMap::from([("extra", 1), ("more", 2)]),
        empty_map: BTreeMap::new(),
        empty_list: [],
        deep: vec![
            vec![
                vec![
                    BTreeMap::from([("a", vec![1, 2]), ("b", vec![])]),
                    BTreeMap::new(),
                ],
                vec![],
            ],
            vec![],
        ],
        bytes: &[1, 2],
    }
}

#[test]
fn every_shape_has_a_text() {
    let text = yaml::to_string(&everything()).unwrap();
    insta::with_settings!({ prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("shapes", text);
    });
    crate::readers::assert_reads(&text, &serde_json::to_value(everything()).unwrap());
}

#[test]
fn collections_can_be_the_whole_document() {
    assert_eq!(yaml::to_string(&json!({})).unwrap(), "{}\n");
    assert_eq!(yaml::to_string(&json!([])).unwrap(), "[]\n");
    assert_eq!(
        yaml::to_string(&json!([[], {}, [[]]])).unwrap(),
        "- []\n- {}\n- - []\n"
    );
    assert_eq!(yaml::to_string(&json!(null)).unwrap(), "null\n");
    assert_eq!(
        yaml::to_string(&Shape::Circle(1.0)).unwrap(),
        "Circle: 1.0\n"
    );
}

#[test]
fn entries_can_follow_a_head_of_their_own() {
    let mut out = String::new();
    yaml::write_entry(&mut out, "kind", "Thing").unwrap();
    yaml::write_entry(&mut out, "metadata", &json!({ "name": "a" })).unwrap();
    yaml::write_entries(
        &mut out,
        &json!({ "kind": "Other", "metadata": { "name": "b" }, "spec": { "kind": 1 } }),
        &["kind", "metadata"],
    )
    .unwrap();
    assert_eq!(out, "kind: Thing\nmetadata:\n  name: a\nspec:\n  kind: 1\n");
}

#[test]
fn entries_of_structs_are_left_out_as_well() {
    let mut out = String::new();
    let inner = Inner {
        on: true,
        nothing: None,
        something: Some(1),
    };
    yaml::write_entries(&mut out, &inner, &["on"]).unwrap();
    assert_eq!(out, "nothing: null\nsomething: 1\n");
    out.clear();
    yaml::write_entries(&mut out, &inner, &["on", "nothing", "something"]).unwrap();
    assert_eq!(out, "");
}

#[test]
fn only_mappings_have_entries() {
    let mut out = String::new();
    assert_eq!(
        yaml::write_entries(&mut out, "text", &[]),
        Err(yaml::Error::NotAMapping)
    );
    assert_eq!(
        yaml::write_entries(&mut out, &[1], &[]),
        Err(yaml::Error::NotAMapping)
    );
    assert_eq!(
        yaml::write_entries(&mut out, &1, &[]),
        Err(yaml::Error::NotAMapping)
    );
}
