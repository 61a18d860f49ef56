//! Finds the object and the field that somebody names on the command line.

use render::influence::{Influence, Made};
use serde_json::Value;

use crate::failure::Failure;

/// How many objects a message lists.
const LISTED: usize = 8;

/// The object that `text` names: `KIND/NAME`, `NAMESPACE/KIND/NAME`, or the path of its file.
pub(super) fn find<'i>(
    influence: &'i Influence,
    text: &str,
) -> Result<(&'i str, &'i Made), Failure> {
    let found: Vec<(&str, &Made)> = influence
        .objects()
        .iter()
        .map(|(file, made)| (file.as_str(), made))
        .filter(|(file, made)| is_meant(text, file, made))
        .collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(unknown(influence, text)),
        several => {
            let names: Vec<String> = several
                .iter()
                .take(LISTED)
                .map(|(_, made)| full_name(made))
                .collect();
            Err(
                Failure::new(format!("`{text}` may be one of {} objects", several.len()))
                    .help(format!("name one of {}", names.join(", "))),
            )
        }
    }
}

fn is_meant(text: &str, file: &str, made: &Made) -> bool {
    if text.ends_with(file) {
        return true;
    }
    let parts: Vec<&str> = text.split('/').collect();
    let is_kind = |kind: &str| {
        let full = made.id.kind.to_ascii_lowercase();
        let kind = kind.to_ascii_lowercase();
        let (kind, group) = kind.split_once('.').unwrap_or((&kind, ""));
        (kind == full || kind == format!("{full}s")) && made.id.group().starts_with(group)
    };
    match parts[..] {
        [kind, name] => is_kind(kind) && made.id.name == name,
        [namespace, kind, name] => {
            made.id.namespace.as_deref() == Some(namespace) && is_kind(kind) && made.id.name == name
        }
        _ => false,
    }
}

/// The name by which an object is found.
pub(super) fn full_name(made: &Made) -> String {
    let kind = made.id.kind.to_ascii_lowercase();
    match &made.id.namespace {
        Some(namespace) => format!("{namespace}/{kind}/{}", made.id.name),
        None => format!("{kind}/{}", made.id.name),
    }
}

fn unknown(influence: &Influence, text: &str) -> Failure {
    let names: Vec<String> = influence
        .objects()
        .values()
        .flat_map(|made| {
            let short = format!("{}/{}", made.id.kind.to_ascii_lowercase(), made.id.name);
            [short, full_name(made)]
        })
        .collect();
    let failure = Failure::new(format!("there is no object `{text}`"));
    let wanted = text.to_ascii_lowercase();
    match environment::nearest(&wanted, names.iter().map(String::as_str)) {
        Some(nearest) => failure.help(format!("did you mean `{nearest}`?")),
        None => failure
            .help("objects are named KIND/NAME, NAMESPACE/KIND/NAME, or by the path of their file"),
    }
}

/// One step of the path of a field.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step<'p> {
    /// `.name`
    Field(&'p str),
    /// `[…]`: a key, a position, or the name of an item
    Bracket(&'p str),
}

/// The path of a field as the checks write it, with positions for named items; an error names what is there instead.
pub(super) fn field(made: &Made, text: &str) -> Result<String, Failure> {
    let steps = steps(text).ok_or_else(|| {
        Failure::new(format!("`{text}` is not the path of a field"))
            .help("write it as `spec.template.spec.containers[0].image`, keys with dots in brackets: `metadata.labels[app.kubernetes.io/name]`")
    })?;
    let mut path = String::new();
    let mut value = &made.value;
    for step in steps {
        let (segment, below) = match (&step, value) {
            (Step::Field(key) | Step::Bracket(key), Value::Object(map)) => {
                (render::influence::below(&path, key), map.get(*key))
            }
            (Step::Bracket(item), Value::Array(items)) => {
                let index = position(items, item);
                (
                    format!("{path}[{}]", index.unwrap_or_default()),
                    index.and_then(|index| items.get(index)),
                )
            }
            (Step::Field(key) | Step::Bracket(key), _) => (format!("{path}.{key}"), None),
        };
        let Some(below) = below else {
            return Err(missing(made, &path, value, &step));
        };
        path = segment;
        value = below;
    }
    Ok(path)
}

fn position(items: &[Value], item: &str) -> Option<usize> {
    let named = |value: &Value| value.get("name").and_then(Value::as_str) == Some(item);
    item.parse().ok().or_else(|| items.iter().position(named))
}

/// The steps of the path of a field; `None` where it is none.
pub(super) fn steps(text: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    let mut rest = text.strip_prefix('.').unwrap_or(text);
    while !rest.is_empty() {
        if let Some(bracket) = rest.strip_prefix('[') {
            let (inside, after) = bracket.split_once(']')?;
            steps.push(Step::Bracket(inside.trim_matches('"')));
            rest = after.strip_prefix('.').unwrap_or(after);
            continue;
        }
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (field, after) = rest.split_at(end);
        if field.is_empty() {
            return None;
        }
        steps.push(Step::Field(field));
        rest = after.strip_prefix('.').unwrap_or(after);
    }
    Some(steps)
}

fn missing(made: &Made, path: &str, value: &Value, step: &Step<'_>) -> Failure {
    let (Step::Field(word) | Step::Bracket(word)) = step;
    let place = if path.is_empty() {
        full_name(made)
    } else {
        path.to_owned()
    };
    let there: Vec<String> = match value {
        Value::Object(map) => map.keys().cloned().collect(),
        Value::Array(items) => (0..items.len()).map(|index| index.to_string()).collect(),
        _ => Vec::new(),
    };
    let failure = Failure::new(format!("{place} has no `{word}`"));
    match environment::nearest(word, there.iter().map(String::as_str)) {
        Some(nearest) => failure.help(format!("did you mean `{nearest}`?")),
        None if there.is_empty() => failure,
        None => failure.help(format!("it has {}", there.join(", "))),
    }
}

/// Every field at the end of a branch below `path`, with its value.
pub(super) fn leaves<'v>(made: &'v Made, path: &str) -> Vec<(String, &'v Value)> {
    let mut leaves = Vec::new();
    collect(String::new(), &made.value, &mut leaves);
    leaves.retain(|(leaf, _)| is_below(leaf, path));
    leaves
}

fn collect<'v>(path: String, value: &'v Value, leaves: &mut Vec<(String, &'v Value)>) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                collect(render::influence::below(&path, key), value, leaves);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                collect(format!("{path}[{index}]"), item, leaves);
            }
        }
        _ => leaves.push((path, value)),
    }
}

/// Whether a field is another one or inside it.
pub(super) fn is_below(field: &str, above: &str) -> bool {
    field
        .strip_prefix(above)
        .is_some_and(|rest| above.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_apart() {
        let expected = [
            Step::Field("a"),
            Step::Bracket("b.c/d"),
            Step::Field("e"),
            Step::Bracket("0"),
        ];
        assert_eq!(steps("a[b.c/d].e[0]"), Some(expected.into()));
        assert_eq!(steps("a..b"), None);
        assert_eq!(steps("a[b"), None);
    }

    #[test]
    fn a_field_is_below_another_one_only_at_a_step() {
        assert!(
            is_below("spec.replicas", "spec")
                && is_below("a[0]", "a")
                && is_below("a", "")
                && is_below("a", "a")
        );
        assert!(!is_below("specs", "spec") && !is_below("a", "a.b"));
    }
}
