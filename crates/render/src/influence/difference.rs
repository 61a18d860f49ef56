//! Makes the list of fields in which two versions of an object differ.

use std::collections::BTreeSet;

use serde_json::Value;

/// A field with another value.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// The field in the first version, `spec.template.spec.containers[0].image`; a key that is no plain word stands in
    /// brackets: `metadata.labels[app.kubernetes.io/name]`.
    pub path: String,
    /// Its value before; `None` where it was not there.
    pub before: Option<Value>,
    /// Its value after; `None` where it is not there any more.
    pub after: Option<Value>,
}

/// The fields in which two versions differ, each as deep as possible.
pub(super) fn differences(before: &Value, after: &Value) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    compare(String::new(), Some(before), Some(after), &mut changes);
    changes
}

fn compare(
    path: String,
    before: Option<&Value>,
    after: Option<&Value>,
    changes: &mut Vec<FieldChange>,
) {
    match (before, after) {
        _ if before == after => {}
        (Some(Value::Object(left)), Some(Value::Object(right))) => {
            let keys: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
            for key in keys {
                compare(below(&path, key), left.get(key), right.get(key), changes);
            }
        }
        (Some(Value::Array(left)), Some(Value::Array(right))) => lists(&path, left, right, changes),
        _ => changes.push(FieldChange {
            path,
            before: before.cloned(),
            after: after.cloned(),
        }),
    }
}

/// Items that have names are matched by them, others by their position.
fn lists(path: &str, left: &[Value], right: &[Value], changes: &mut Vec<FieldChange>) {
    let (Some(left_names), Some(right_names)) = (names(left), names(right)) else {
        for index in 0..left.len().max(right.len()) {
            compare(
                format!("{path}[{index}]"),
                left.get(index),
                right.get(index),
                changes,
            );
        }
        return;
    };
    for (index, (name, item)) in left_names.iter().zip(left).enumerate() {
        let other = right_names.iter().position(|other| other == name);
        let other = other.and_then(|position| right.get(position));
        compare(format!("{path}[{index}]"), Some(item), other, changes);
    }
    let added = right_names
        .iter()
        .zip(right)
        .filter(|(name, _)| !left_names.contains(name));
    for (position, (_, item)) in added.enumerate() {
        compare(
            format!("{path}[{}]", left.len() + position),
            None,
            Some(item),
            changes,
        );
    }
}

/// The names of all items, where each has one of its own.
fn names(items: &[Value]) -> Option<Vec<&str>> {
    let names: Vec<&str> = items
        .iter()
        .map(|item| item.get("name").and_then(Value::as_str))
        .collect::<Option<_>>()?;
    let different: BTreeSet<&&str> = names.iter().collect();
    (different.len() == names.len()).then_some(names)
}

/// The path of a key below another path.
pub fn below(path: &str, key: &str) -> String {
    let is_plain = key
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$');
    match (is_plain, path.is_empty()) {
        (true, true) => key.to_owned(),
        (true, false) => format!("{path}.{key}"),
        (false, _) => format!("{path}[{key}]"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn paths(before: &Value, after: &Value) -> Vec<String> {
        differences(before, after)
            .into_iter()
            .map(|change| change.path)
            .collect()
    }

    #[test]
    fn fields_are_found_as_deep_as_they_differ() {
        let before =
            json!({"metadata": {"labels": {"a/b": "x", "c": "y"}}, "spec": {"replicas": 1}});
        let after = json!({"metadata": {"labels": {"a/b": "z", "c": "y"}}, "spec": {}});
        assert_eq!(
            paths(&before, &after),
            ["metadata.labels[a/b]", "spec.replicas"]
        );
    }

    #[test]
    fn named_items_keep_their_identity() {
        let before = json!([{"name": "a", "v": 1}, {"name": "b", "v": 2}]);
        let after = json!([{"name": "b", "v": 3}, {"name": "c", "v": 4}]);
        assert_eq!(paths(&before, &after), ["[0]", "[1].v", "[2]"]);
        assert_eq!(paths(&json!([1, 2]), &json!([1, 3, 4])), ["[1]", "[2]"]);
    }
}
