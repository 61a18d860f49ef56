//! Text of several lines.

use serde_json::json;

use crate::readers::assert_round_trip;

fn value(text: &str) -> String {
    yaml::to_string(&json!({ "key": text })).unwrap()
}

#[test]
fn the_end_of_the_text_chooses_the_header() {
    assert_eq!(value("a\nb"), "key: |-\n  a\n  b\n");
    assert_eq!(value("a\nb\n"), "key: |\n  a\n  b\n");
    assert_eq!(value("a\nb\n\n"), "key: |+\n  a\n  b\n\n");
}

#[test]
fn text_that_begins_with_blanks_says_its_indentation() {
    assert_eq!(value("  a\nb\n"), "key: |2\n    a\n  b\n");
    assert_eq!(value("\n\ta\n"), "key: |2\n\n  \ta\n");
}

#[test]
fn empty_lines_have_no_trailing_blanks() {
    assert_eq!(value("a\n\nb\n"), "key: |\n  a\n\n  b\n");
}

#[test]
fn blocks_stand_below_dashes_too() {
    let list = json!({ "args": ["a\nb\n", "c"], "nested": [["d\ne"]] });
    assert_eq!(
        yaml::to_string(&list).unwrap(),
        "args:\n- |\n  a\n  b\n- c\nnested:\n- - |-\n    d\n    e\n"
    );
}

#[test]
fn what_a_block_cannot_hold_is_quoted() {
    for (text, expected) in [
        ("a\r\nb\r\n", "key: \"a\\r\\nb\\r\\n\"\n"),
        ("a\n\u{0}", "key: \"a\\n\\x00\"\n"),
        (" \na", "key: \" \\na\"\n"),
        ("a\n ", "key: \"a\\n \"\n"),
        ("\n\n", "key: \"\\n\\n\"\n"),
    ] {
        assert_eq!(value(text), expected);
    }
}

#[test]
fn every_short_text_comes_back() {
    // All texts of up to five characters out of those that matter to blocks.
    let alphabet = ["a", " ", "\n", "\t", "#", ":"];
    let mut texts = vec![String::new()];
    for _ in 0..5 {
        let longer: Vec<String> = texts
            .iter()
            .flat_map(|text| alphabet.map(|character| format!("{text}{character}")))
            .collect();
        for chunk in longer.chunks(500) {
            assert_round_trip(&json!({ "outer": { "list": chunk }, "next": "after" }));
        }
        texts = longer;
    }
}
