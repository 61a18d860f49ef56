//! How the generated types are serialised: an object is begun, given its fields and ended, and only the end can fail.
//!
//! One call a field without a `?` behind it: in 3,000 `Serialize` implementations that is half of the compile time.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap as _, SerializeStruct as _, Serializer};

/// An object whose fields are all known.
pub(crate) struct Object<S: Serializer>(Result<S::SerializeStruct, S::Error>);

impl<S: Serializer> Object<S> {
    /// Begins an object of `required` fields and those of the optional ones that are `present`.
    pub(crate) fn new(
        serializer: S,
        name: &'static str,
        required: usize,
        present: &[bool],
    ) -> Self {
        Self(serializer.serialize_struct(name, required + count(present)))
    }

    /// A field that is always there.
    pub(crate) fn required<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) {
        if let Ok(state) = &mut self.0
            && let Err(error) = state.serialize_field(key, value)
        {
            self.0 = Err(error);
        }
    }

    /// A field that is left out when there is no value.
    #[expect(
        clippy::ref_option,
        reason = "the fields of the plain structs are options"
    )]
    pub(crate) fn optional<T: Serialize>(&mut self, key: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(key, value);
        }
    }

    /// Ends the object, or says what went wrong on the way.
    pub(crate) fn end(self) -> Result<S::Ok, S::Error> {
        self.0?.end()
    }
}

/// An object that may have fields its schema does not name: they come behind those it does.
pub(crate) struct OpenObject<'a, S: Serializer> {
    state: Result<S::SerializeMap, S::Error>,
    rest: &'a BTreeMap<String, serde_json::Value>,
}

impl<'a, S: Serializer> OpenObject<'a, S> {
    /// Begins an object of `required` fields, those of the optional ones that are `present`, and `rest`.
    pub(crate) fn new(
        serializer: S,
        required: usize,
        present: &[bool],
        rest: &'a BTreeMap<String, serde_json::Value>,
    ) -> Self {
        Self {
            state: serializer.serialize_map(Some(required + count(present) + rest.len())),
            rest,
        }
    }

    /// A field that is always there.
    pub(crate) fn required<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) {
        if let Ok(state) = &mut self.state
            && let Err(error) = state.serialize_entry(key, value)
        {
            self.state = Err(error);
        }
    }

    /// A field that is left out when there is no value.
    #[expect(
        clippy::ref_option,
        reason = "the fields of the plain structs are options"
    )]
    pub(crate) fn optional<T: Serialize>(&mut self, key: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(key, value);
        }
    }

    /// Ends the object, or says what went wrong on the way.
    pub(crate) fn end(mut self) -> Result<S::Ok, S::Error> {
        for (key, value) in self.rest {
            self.required(key, value);
        }
        self.state?.end()
    }
}

fn count(present: &[bool]) -> usize {
    present.iter().filter(|is_there| **is_there).count()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// A map that has no form in JSON, where keys are strings.
    fn unwritable() -> BTreeMap<Vec<u8>, bool> {
        [(vec![1], true)].into()
    }

    #[test]
    fn optional_fields_without_a_value_are_left_out() {
        let mut object = Object::new(serde_json::value::Serializer, "Object", 1, &[true, false]);
        object.required("a", &1);
        object.optional("b", &Some(2));
        object.optional("c", &None::<i32>);
        assert_eq!(object.end().unwrap(), json!({ "a": 1, "b": 2 }));
    }

    #[test]
    fn the_first_error_comes_out_at_the_end() {
        let mut object = Object::new(serde_json::value::Serializer, "Object", 2, &[]);
        object.required("map", &unwritable());
        object.required("after", &1);
        assert_eq!(
            object.end().unwrap_err().to_string(),
            "key must be a string"
        );
        let rest = BTreeMap::new();
        let mut object = OpenObject::new(serde_json::value::Serializer, 2, &[], &rest);
        object.required("map", &unwritable());
        object.required("after", &1);
        assert_eq!(
            object.end().unwrap_err().to_string(),
            "key must be a string"
        );
    }

    #[test]
    fn an_open_object_ends_with_the_fields_beyond_the_schema() {
        let rest: BTreeMap<String, Value> = [("beyond".to_owned(), json!([1]))].into();
        let mut text = Vec::new();
        let mut writer = serde_json::Serializer::new(&mut text);
        let mut object = OpenObject::new(&mut writer, 1, &[false], &rest);
        object.required("level", &1);
        object.optional("name", &None::<String>);
        object.end().unwrap();
        assert_eq!(text, br#"{"level":1,"beyond":[1]}"#);
    }
}
