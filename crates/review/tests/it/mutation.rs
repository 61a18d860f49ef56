//! Changes made by chance to the objects of a rendered tree, always the same ones.

#![expect(clippy::disallowed_methods, reason = "the trees are files")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

/// Some objects of each kind that lives in a namespace, from all trees.
pub(crate) fn objects(of_each: usize) -> Vec<Json> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generated");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let mut found: BTreeMap<String, Vec<Json>> = BTreeMap::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for object in check::read::values(&text).unwrap_or_default() {
            let kind = format!("{} {}", object["apiVersion"], object["kind"]);
            let known = found.entry(kind).or_default();
            // Sizes differ, and so do the fields that are there.
            let is_other = known
                .iter()
                .all(|other| other.to_string().len() != object.to_string().len());
            if object["metadata"]["namespace"].is_string() && is_other {
                known.push(object);
            }
        }
    }
    found
        .into_values()
        .flat_map(|mut objects| {
            objects.sort_by_key(|object| std::cmp::Reverse(object.to_string().len()));
            objects.truncate(of_each);
            objects
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            files.push(path);
        }
    }
}

/// Changes of an object, each with what it does: every leaf of some is changed in one way.
pub(crate) fn changes(object: &Json) -> Vec<(String, Json)> {
    const MOST: usize = 24;
    let mut places = Vec::new();
    leaves(object, String::new(), &mut places);
    places.retain(|place| {
        ![
            "/apiVersion",
            "/kind",
            "/metadata/name",
            "/metadata/namespace",
        ]
        .contains(&place.as_str())
    });
    let step = places.len().div_ceil(MOST).max(1);
    let mut changes = Vec::new();
    for (index, place) in places
        .iter()
        .enumerate()
        .filter(|(index, _)| index % step == 0)
    {
        let way = index / step % 3;
        changes.extend(change(object, place, way));
    }
    changes
}

fn leaves(value: &Json, place: String, found: &mut Vec<String>) {
    match value {
        Json::Object(fields) => {
            for (name, value) in fields {
                let name = name.replace('~', "~0").replace('/', "~1");
                leaves(value, format!("{place}/{name}"), found);
            }
        }
        Json::Array(items) => {
            if items.len() > 1 {
                found.push(place.clone());
            }
            for (index, item) in items.iter().enumerate() {
                leaves(item, format!("{place}/{index}"), found);
            }
        }
        _ => found.push(place),
    }
}

fn change(object: &Json, place: &str, way: usize) -> Option<(String, Json)> {
    let mut changed = object.clone();
    if way == 2 {
        let (parent, last) = place.rsplit_once('/')?;
        let last = last.replace("~1", "/").replace("~0", "~");
        match changed.pointer_mut(parent)? {
            Json::Object(fields) => {
                fields.remove(&last)?;
                // A server-side apply makes a null of what is left empty, which no manifest says.
                if fields.is_empty() {
                    return None;
                }
            }
            Json::Array(items) => {
                items.remove(last.parse().ok()?);
            }
            _ => return None,
        }
        return Some((format!("{place} is removed"), changed));
    }
    let value = changed.pointer_mut(place)?;
    let other = match &*value {
        Json::Bool(flag) => json!(!flag),
        Json::Number(number) => json!(number.as_i64()? + 1),
        Json::Array(items) => {
            let mut items = items.clone();
            items.reverse();
            json!(items)
        }
        Json::String(text) => match (way, text.as_str()) {
            // A quantity in another form, where it is one.
            (1, text) if text.ends_with("00m") => {
                json!(format!("0.{}", text.trim_end_matches("00m")))
            }
            (1, text) if text.ends_with("Gi") => {
                let number: u64 = text.trim_end_matches("Gi").parse().ok()?;
                json!(format!("{}Mi", number * 1024))
            }
            (_, text) if text.ends_with("Mi") || text.ends_with("Gi") || text.ends_with('m') => {
                json!(format!("1{text}"))
            }
            (_, text) => json!(format!("{text}x")),
        },
        _ => return None,
    };
    let said = format!("{place} {value} → {other}");
    *value = other;
    Some((said, changed))
}
