//! Where two values differ.

use serde_json::Value as Json;

use crate::path::Path;

/// How many differences of one field are told apart.
const MOST: usize = 4;

/// A place where two values differ.
#[derive(Debug)]
pub(super) struct Difference<'v> {
    pub(super) path: String,
    pub(super) old: Option<&'v Json>,
    pub(super) new: Option<&'v Json>,
}

/// The deepest places where two values differ, a few at most. Lists of different length differ as a whole.
pub(super) fn differences<'v>(
    old: Option<&'v Json>,
    new: Option<&'v Json>,
    path: &Path<'_>,
) -> Vec<Difference<'v>> {
    let mut found = Vec::new();
    walk(old, new, path, &mut found);
    found
}

fn walk<'v>(
    old: Option<&'v Json>,
    new: Option<&'v Json>,
    path: &Path<'_>,
    found: &mut Vec<Difference<'v>>,
) {
    if old == new || found.len() >= MOST {
        return;
    }
    match (old, new) {
        (Some(Json::Object(before)), Some(Json::Object(after))) => {
            for (name, value) in before {
                walk(Some(value), after.get(name), &step(path, name), found);
            }
            for (name, value) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
                walk(None, Some(value), &step(path, name), found);
            }
        }
        (Some(Json::Array(before)), Some(Json::Array(after))) if before.len() == after.len() => {
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                walk(Some(before), Some(after), &path.index(index), found);
            }
        }
        _ => found.push(Difference {
            path: path.to_string(),
            old,
            new,
        }),
    }
}

/// A field, or a key that would not look like one.
fn step<'p>(path: &'p Path<'p>, name: &'p str) -> Path<'p> {
    if name.contains(['.', '/']) {
        path.key(name)
    } else {
        path.field(name)
    }
}

/// The longest value that a message shows.
const SHOWN: usize = 60;

/// A value as a message shows it.
pub(super) fn shown(value: Option<&Json>) -> String {
    match value {
        None | Some(Json::Null) => "nothing".to_owned(),
        Some(value) => {
            let text = value.to_string();
            if text.chars().count() > SHOWN {
                format!("{}…", text.chars().take(SHOWN).collect::<String>())
            } else {
                text
            }
        }
    }
}
