//! Reads the configuration of Fluent Bit in YAML into the sections of the classic one.

use serde_json::Value as Json;

use super::fluent_bit::Section;
use super::fluentd::Fault;
use crate::read;

/// The lists of a pipeline, and what their items are called in the classic form.
const LISTS: [(&str, &str); 3] = [
    ("inputs", "INPUT"),
    ("filters", "FILTER"),
    ("outputs", "OUTPUT"),
];

/// Whether a text looks like such a file.
pub(super) fn is_one(text: &str) -> bool {
    let has = |start: &str| {
        text.lines()
            .any(|line| line.trim_start().starts_with(start))
    };
    text.lines().any(|line| line.starts_with("pipeline:"))
        && (has("inputs:") || has("outputs:"))
        && has("- name:")
}

/// The sections of a file; `None` where other files belong to it, of which nothing is known.
pub(super) fn read(text: &str) -> Option<Result<Vec<Section>, Fault>> {
    let value = match read::value_of(text) {
        Ok((value, _)) => value,
        Err(fault) => {
            return Some(Err(Fault {
                line: usize::try_from(fault.line).unwrap_or(usize::MAX),
                message: fault.message,
            }));
        }
    };
    if value.get("includes").is_some() {
        return None;
    }
    let pipeline = value.get("pipeline")?;
    let mut sections = Vec::new();
    for (list, name) in LISTS {
        let items = pipeline.get(list).and_then(Json::as_array);
        for item in items.into_iter().flatten() {
            sections.push(section(name, item));
        }
    }
    // An input may say itself where it goes to.
    let is_routed = |section: &Section| section.setting("routes").is_some();
    (!sections.iter().any(is_routed)).then_some(Ok(sections))
}

fn section(name: &str, item: &Json) -> Section {
    let settings = item.as_object().into_iter().flatten();
    let settings = settings.map(|(key, value)| {
        let value = match value {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        (key.to_ascii_lowercase(), value)
    });
    Section {
        name: name.to_owned(),
        settings: settings.collect(),
        line: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_one, read};

    const FILE: &str = "pipeline:\n  inputs:\n  - name: tail\n    Tag: a.*\n  outputs:\n  - name: es\n    match: a.*\n";

    #[test]
    fn items_are_sections() {
        assert!(is_one(FILE));
        let sections = read(FILE).unwrap().unwrap();
        assert_eq!(sections[0].name, "INPUT");
        assert_eq!(sections[0].setting("tag"), Some("a.*"));
        assert_eq!(sections[1].setting("match"), Some("a.*"));
    }

    #[test]
    fn what_other_files_say_is_not_guessed() {
        assert!(read(&format!("includes: [b.yaml]\n{FILE}")).is_none());
        assert!(read("pipeline: [\n").unwrap().is_err());
    }
}
