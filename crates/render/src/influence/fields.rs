//! Paths of fields in one form, and what they lead to.

use serde_json::Value;

/// Whether a field is a list or a mapping with something in it.
pub(super) fn holds_others(value: &Value, path: &str) -> bool {
    let mut value = value;
    let path = plain(path);
    let mut rest = path.as_str();
    while !rest.is_empty() {
        let Some((next, after)) = step(value, rest) else {
            return false;
        };
        (value, rest) = (next, after);
    }
    match value {
        Value::Object(fields) => !fields.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    }
}

/// One step of a plain path; keys may have dots in them.
fn step<'v, 'p>(value: &'v Value, path: &'p str) -> Option<(&'v Value, &'p str)> {
    let after = |key: &str| {
        let rest = path.strip_prefix(key)?;
        if rest.is_empty() {
            Some(rest)
        } else {
            rest.strip_prefix('.')
        }
    };
    match value {
        Value::Object(fields) => {
            let mut fields = fields.iter();
            fields.find_map(|(key, value)| Some((value, after(key)?)))
        }
        Value::Array(items) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(index, item)| Some((item, after(&index.to_string())?)))
        }
        _ => None,
    }
}

/// A path with keys in brackets and keys behind dots alike.
pub fn plain(path: &str) -> String {
    path.replace('[', ".")
        .replace(']', "")
        .trim_start_matches('.')
        .to_owned()
}

/// Whether a plain path is another one or inside it.
pub fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above)
        .is_some_and(|rest| above.is_empty() || rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{holds_others, is_below, plain};

    #[test]
    fn paths_are_compared_however_their_keys_are_written() {
        let path = plain("spec.containers[0].resources.limits[memory]");
        assert_eq!(path, "spec.containers.0.resources.limits.memory");
        assert!(is_below(&path, "spec.containers.0") && is_below(&path, ""));
        assert!(!is_below(&path, "spec.containers.0.res"));
    }

    #[test]
    fn a_field_that_is_filled_in_holds_others() {
        let value = json!({"data": {"a.yaml": "x", "b": {}}, "list": [{"c": 1}]});
        assert!(holds_others(&value, "") && holds_others(&value, "list[0]"));
        for plain in ["data[a.yaml]", "data.b", "list[0].c", "nothing"] {
            assert!(!holds_others(&value, plain), "{plain}");
        }
    }
}
