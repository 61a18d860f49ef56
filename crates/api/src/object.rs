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
