//! Objects with one fault each: a field dropped, misspelt, emptied, doubled, of another type or out of range.

use serde_json::{Map, Value, json};

use super::Case;
use super::chance::Chance;

/// Objects of `seeds` with one fault each, `count` of all that there are.
pub(super) fn cases(seeds: &[Value], count: usize, chance: &mut Chance) -> Vec<Case> {
    let places: Vec<(usize, String)> = seeds
        .iter()
        .enumerate()
        .flat_map(|(seed, object)| {
            let mut pointers = Vec::new();
            walk(object, &mut String::new(), &mut pointers);
            pointers.into_iter().map(move |pointer| (seed, pointer))
        })
        .filter(|(_, pointer)| !is_identity(pointer))
        .collect();
    let mut cases = Vec::new();
    // Most places take most faults, so that the number is reached soon; never more than so many tries.
    for _ in 0..count.saturating_mul(4) {
        if cases.len() >= count {
            break;
        }
        let Some((seed, pointer)) = chance.one(&places) else {
            break;
        };
        let mut value = seeds[*seed].clone();
        if let Some(fault) = inject(&mut value, pointer, chance) {
            cases.push(Case {
                kind: kind_of(&value),
                fault: format!("{fault} {pointer}"),
                value,
            });
        }
    }
    cases
}

/// The kind with its group, as tables show it.
pub(super) fn kind_of(value: &Value) -> String {
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let (version, kind) = (text("apiVersion"), text("kind"));
    match version.split_once('/') {
        Some((group, _)) => format!("{kind}.{group}"),
        None => kind,
    }
}

/// What tells the object from others: a fault there makes it another object.
pub(super) fn is_identity(pointer: &str) -> bool {
    matches!(
        pointer,
        "/apiVersion" | "/kind" | "/metadata" | "/metadata/name" | "/metadata/namespace"
    )
}

/// The pointers of all values in an object.
pub(super) fn walk(value: &Value, pointer: &mut String, found: &mut Vec<String>) {
    let mut step = |key: &str, value: &Value, pointer: &mut String| {
        let length = pointer.len();
        pointer.push('/');
        pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        found.push(pointer.clone());
        walk(value, pointer, found);
        pointer.truncate(length);
    };
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                step(key, value, pointer);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                step(&index.to_string(), item, pointer);
            }
        }
        _ => {}
    }
}

/// Puts a fault at a place; nothing where the one that chance chose does not fit there.
pub(super) fn inject(object: &mut Value, pointer: &str, chance: &mut Chance) -> Option<String> {
    if chance.happens(35) {
        return structural(object, pointer, chance);
    }
    let value = object.pointer_mut(pointer)?;
    let (name, other) = replacement(value, chance)?;
    *value = other;
    Some(name.to_owned())
}

/// Faults of a field as such.
fn structural(object: &mut Value, pointer: &str, chance: &mut Chance) -> Option<String> {
    let (parent, last) = pointer.rsplit_once('/')?;
    let last = last.replace("~1", "/").replace("~0", "~");
    match object.pointer_mut(parent)? {
        Value::Object(fields) => match chance.below(6) {
            0 => {
                fields.remove(&last);
                Some("without".to_owned())
            }
            1 => rename(fields, &last, &format!("{last}x")),
            2 => rename(fields, &last, &swapped_case(&last)),
            3 => rename(fields, &last, last.get(1..)?),
            4 => rename(fields, &last, &last.to_lowercase()),
            _ => {
                fields.insert("unknownField".to_owned(), json!("x"));
                Some("unknown field beside".to_owned())
            }
        },
        Value::Array(items) => {
            let index: usize = last.parse().ok()?;
            if chance.happens(50) {
                let item = items.get(index)?.clone();
                items.push(item);
                return Some("twice".to_owned());
            }
            items.remove(index);
            Some("without".to_owned())
        }
        _ => None,
    }
}

fn rename(fields: &mut Map<String, Value>, from: &str, to: &str) -> Option<String> {
    if from == to {
        return None;
    }
    let value = fields.remove(from)?;
    fields.insert(to.to_owned(), value);
    Some("misspelt".to_owned())
}

/// `replicas` as `Replicas`.
fn swapped_case(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        let first: String = if first.is_lowercase() {
            first.to_uppercase().collect()
        } else {
            first.to_lowercase().collect()
        };
        first + letters.as_str()
    })
}

/// A value that takes the place of another, with the name of the fault.
pub(super) fn replacement(value: &Value, chance: &mut Chance) -> Option<(&'static str, Value)> {
    let all: Vec<(&'static str, Value)> = match value {
        Value::Null => vec![],
        Value::Bool(value) => vec![
            ("text for", json!("yes")),
            ("number for", json!(1)),
            ("other than", json!(!value)),
        ],
        Value::Number(number) => vec![
            ("negative", json!(-1)),
            ("zero", json!(0)),
            ("101 for", json!(101)),
            ("largest", json!(i32::MAX)),
            ("huge", json!(3_000_000_000_i64)),
            ("more than huge", json!(5_000_000_000_i64)),
            ("fraction", json!(1.5)),
            ("text for", json!("text")),
            ("quotes around", json!(number.to_string())),
            ("70000 for", json!(70_000)),
        ],
        Value::String(text) => words(text),
        Value::Array(items) => vec![
            ("empty", json!([])),
            ("object for", json!({})),
            ("null in", json!([null])),
            ("object in", json!([{}])),
            ("text for", json!("x")),
            (
                "many of",
                items
                    .iter()
                    .cycle()
                    .take(items.len() * 20)
                    .cloned()
                    .collect(),
            ),
        ],
        Value::Object(_) => vec![
            ("empty", json!({})),
            ("text for", json!("x")),
            ("list for", json!([])),
            ("empty key in", json!({ "": "x" })),
        ],
    };
    if chance.happens(8) {
        return Some(("null for", Value::Null));
    }
    chance.one(&all).cloned()
}

/// Texts that take the place of a text.
fn words(text: &str) -> Vec<(&'static str, Value)> {
    vec![
        ("empty", json!("")),
        ("spaces in", json!("A b!")),
        ("space after", json!(format!("{text} "))),
        ("number for", json!(5)),
        ("truth for", json!(true)),
        ("overlong", json!("a".repeat(300))),
        ("64 letters for", json!("a".repeat(64))),
        ("other word for", json!("other")),
        ("upper case of", json!(text.to_uppercase())),
        ("-1 as text for", json!("-1")),
        ("0 as text for", json!("0")),
        ("dots in", json!("a..b")),
        ("slash in", json!("a/b/c")),
        ("up in", json!("../a")),
        ("root for", json!("/")),
        ("underscore in", json!("a_b")),
        ("colon in", json!("a:b")),
        ("star for", json!("*")),
        ("line in", json!(format!("{text}\n{text}"))),
        ("list for", json!([text])),
    ]
}
