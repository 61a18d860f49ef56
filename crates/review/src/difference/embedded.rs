//! Texts that are files of their own: configuration inside of a `ConfigMap`, values of a chart.

use std::collections::BTreeMap;

use check::stored::Shapes;
use serde_json::Value as Json;

use super::{Comparison, Difference, Nature, inside, lines};
use crate::path::{FieldPath, Step};

/// What a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    /// YAML, or JSON, which is part of it.
    Yaml,
    /// Sections of `key = value`, the simple part of TOML included.
    Ini,
    /// Anything else: lines.
    Lines,
}

impl Language {
    /// What the name of a file says, and where that says nothing, its text.
    fn of(name: Option<&str>, text: &str) -> Self {
        let extension = name
            .and_then(|name| name.rsplit_once('.'))
            .map(|(_, end)| end);
        match extension {
            Some("yaml" | "yml" | "json" | "rules") => Self::Yaml,
            Some("ini" | "cfg" | "toml" | "properties") => Self::Ini,
            Some("sh" | "bash" | "py" | "lua" | "sql" | "rego" | "txt" | "pem" | "crt" | "md") => {
                Self::Lines
            }
            _ if looks_like_yaml(text) => Self::Yaml,
            _ if looks_like_ini(text) => Self::Ini,
            _ => Self::Lines,
        }
    }
}

fn looks_like_yaml(text: &str) -> bool {
    let mut lines = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let first = lines.next().unwrap_or_default();
    let is_start = first.starts_with("---") || first.trim_start().starts_with('{') || {
        let key = first
            .trim_start_matches("- ")
            .split(':')
            .next()
            .unwrap_or_default();
        let is_key = !key.is_empty()
            && key
                .chars()
                .all(|character| character.is_alphanumeric() || "_.-/\"".contains(character));
        is_key && (first.contains(": ") || first.ends_with(':'))
    };
    is_start && !text.contains("\n#!/") && !text.starts_with("#!")
}

fn looks_like_ini(text: &str) -> bool {
    let mut settings = 0;
    for line in text.lines().map(str::trim) {
        let is_comment = line.is_empty() || line.starts_with(['#', ';']);
        let is_section = line.starts_with('[') && line.ends_with(']');
        let is_setting = line.split_once('=').is_some_and(|(key, _)| is_key(key));
        if !(is_comment || is_section || is_setting) {
            return false;
        }
        settings += usize::from(is_setting);
    }
    settings > 0
}

fn is_key(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text
            .chars()
            .all(|character| character.is_alphanumeric() || "_.-*\"".contains(character))
}

/// What differs between two texts of a file of this name. There is always something: the texts are not equal.
pub(super) fn compare(
    old: &str,
    new: &str,
    path: &FieldPath,
    name: Option<&str>,
) -> Vec<Difference> {
    let language = Language::of(name, new);
    let found = match language {
        Language::Yaml => yaml(old, new, path),
        Language::Ini => ini(old, new, path),
        Language::Lines => None,
    };
    found.unwrap_or_else(|| lines::compare(old, new, path))
}

/// By their values, where both texts can be read and differ in them.
fn yaml(old: &str, new: &str, path: &FieldPath) -> Option<Vec<Difference>> {
    let (before, after) = (check::read::values(old)?, check::read::values(new)?);
    let (before, after) = match (before.as_slice(), after.as_slice()) {
        ([before], [after]) => (before.clone(), after.clone()),
        _ => (Json::from(before), Json::from(after)),
    };
    let are_structured = |value: &Json| value.is_object() || value.is_array();
    if !are_structured(&before) || !are_structured(&after) {
        return None;
    }
    let mut comparison = Comparison {
        shapes: Shapes {
            store: schemas::Store::embedded(),
            minor: "",
        },
        native: false,
        found: Vec::new(),
    };
    comparison.node(None, Some(&before), Some(&after), &inside(path));
    // Comments and layout: the program that reads the file sees no difference, but its bytes are others.
    if comparison.found.is_empty() {
        comparison.found.push(only_written_differently(path));
    }
    Some(comparison.found)
}

fn only_written_differently(path: &FieldPath) -> Difference {
    Difference {
        path: path.clone(),
        old: Some(Json::from("(the same content)")),
        new: Some(Json::from("(other comments or layout)")),
        nature: Nature::SameValue,
    }
}

fn ini(old: &str, new: &str, path: &FieldPath) -> Option<Vec<Difference>> {
    let (before, after) = (settings(old)?, settings(new)?);
    let mut found = Vec::new();
    let mut names: Vec<&(String, String)> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    for name in names {
        let (was, is) = (before.get(name), after.get(name));
        if was == is {
            continue;
        }
        let (section, key) = name;
        let mut below = inside(path);
        if !section.is_empty() {
            below = below.then(Step::Key(section.clone()));
        }
        found.push(Difference {
            path: below.field(key),
            old: was.map(|text| Json::from(text.as_str())),
            new: is.map(|text| Json::from(text.as_str())),
            nature: Nature::Value,
        });
    }
    if found.is_empty() {
        found.push(only_written_differently(path));
    }
    Some(found)
}

/// The settings by section and key; `None` where a line is neither, or where a key comes twice.
fn settings(text: &str) -> Option<BTreeMap<(String, String), String>> {
    let mut settings = BTreeMap::new();
    let mut section = String::new();
    for line in text.lines().map(str::trim) {
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            name.clone_into(&mut section);
            continue;
        }
        let (key, value) = line.split_once('=')?;
        let place = (section.clone(), key.trim().to_owned());
        let is_second = settings.insert(place, value.trim().to_owned()).is_some();
        if is_second || !is_key(key) {
            return None;
        }
    }
    Some(settings)
}
