//! Finds a value inside of another by a JSON pointer, without making a text of every step.
//!
//! The rules ask this some hundred times of every object: `serde_json`'s own copies each step twice.

use std::borrow::Cow;

use serde_json::Value as Json;

/// A value that others can be looked up in.
pub(crate) trait Lookup {
    /// The value at a JSON pointer (RFC 6901).
    fn lookup(&self, pointer: &str) -> Option<&Self>;
}

impl Lookup for Json {
    fn lookup(&self, pointer: &str) -> Option<&Self> {
        let mut value = self;
        let mut rest = pointer.as_bytes();
        let mut from = 0;
        while !rest.is_empty() {
            if rest[0] != b'/' {
                return None;
            }
            let after = &rest[1..];
            let length = after.iter().position(|byte| *byte == b'/');
            let length = length.unwrap_or(after.len());
            let step = pointer.get(from + 1..from + 1 + length)?;
            value = below(value, step)?;
            rest = &after[length..];
            from += 1 + length;
        }
        Some(value)
    }
}

/// The value one step below.
fn below<'j>(value: &'j Json, step: &str) -> Option<&'j Json> {
    match value {
        Json::Object(fields) => fields.get(&*unescaped(step)),
        Json::Array(items) => items.get(index(step)?),
        _ => None,
    }
}

/// A step as the key that it names: `~1` stands for a slash and `~0` for a tilde.
fn unescaped(step: &str) -> Cow<'_, str> {
    if step.as_bytes().contains(&b'~') {
        Cow::Owned(step.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(step)
    }
}

/// A number without sign and leading zeros.
fn index(step: &str) -> Option<usize> {
    let is_plain = !step.starts_with('+') && (step == "0" || !step.starts_with('0'));
    is_plain.then(|| step.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Lookup;

    #[test]
    fn values_are_found_as_by_the_other_reader_of_pointers() {
        let value = json!({"a": {"b/c": [1, {"d~e": 2}], "": {"": 3}}, "0": 4, "ä": {"ö": 5}});
        for pointer in [
            "",
            "/",
            "/a",
            "/a/b~1c",
            "/a/b~1c/0",
            "/a/b~1c/1/d~0e",
            "/a/b~1c/+1",
            "/a/b~1c/01",
            "/a/b~1c/2",
            "/a/",
            "/a//",
            "/a//x",
            "/0",
            "/0/0",
            "a",
            "a/b",
            "/ä/ö",
            "/ä/ö/",
            "/x/y",
            "//",
            "/a/b~01c",
            "/a/b~1c/-",
        ] {
            assert_eq!(value.lookup(pointer), value.pointer(pointer), "{pointer}");
        }
        assert_eq!(value.lookup("/a/b~1c/1/d~0e"), Some(&json!(2)));
    }
}
