//! An object in the form in which an update is compared with what was there: as the server keeps it, quantities by their
//! value, and without what its types keep as nothing.

use schemas::{Schema, Store};
use serde_json::{Map, Value as Json};

use super::nothing::is_nothing;
use crate::document::Document;
use crate::quantity::Quantity;
use crate::stored::Shapes;

/// Brings objects of built-in kinds into that form.
pub(super) struct Normal<'a> {
    pub(super) store: &'a Store,
    pub(super) minor: &'a str,
}

impl Normal<'_> {
    /// The whole object.
    pub(super) fn object(&self, document: &Document) -> Json {
        let id = &document.id;
        let kind = self
            .store
            .kind(self.minor, id.group(), id.version(), &id.kind);
        let Some(schema) = kind.map(|kind| &kind.schema) else {
            return document.value.clone();
        };
        let mut value = document.value.clone();
        self.walk(schema, &id.kind, &mut value, &mut |definition, fields| {
            fields.retain(|name, value| !is_nothing(definition, name, value));
            if definition == "JobSpec" {
                one_run(fields);
            }
        });
        let shapes = Shapes {
            store: self.store,
            minor: self.minor,
        };
        let mut stored = shapes.stored(&value, Some(schema), true);
        self.by_value(schema, &mut stored);
        stored
    }

    /// Does something with every structure of a value, the innermost first; it is told the name of its definition.
    fn walk(
        &self,
        written: &Schema,
        definition: &str,
        value: &mut Json,
        act: &mut dyn FnMut(&str, &mut Map<String, Json>),
    ) {
        let schema = self.store.resolve(self.minor, written).unwrap_or(written);
        match value {
            Json::Array(items) => {
                if let Some(inner) = schema.items.as_deref() {
                    for item in items {
                        self.walk(inner, name_of(inner), item, act);
                    }
                }
            }
            Json::Object(fields) => {
                for (name, value) in fields.iter_mut() {
                    if let Some(inner) = Shapes::child(schema, name) {
                        self.walk(inner, name_of(inner), value, act);
                    }
                }
                if schema.additional_properties.is_none() {
                    act(definition, fields);
                }
            }
            _ => {}
        }
    }

    /// Quantities in one spelling, however they were written.
    fn by_value(&self, written: &Schema, value: &mut Json) {
        let schema = self.store.resolve(self.minor, written).unwrap_or(written);
        match value {
            Json::Array(items) => {
                if let Some(inner) = schema.items.as_deref() {
                    for item in items {
                        self.by_value(inner, item);
                    }
                }
            }
            Json::Object(fields) => {
                for (name, value) in fields.iter_mut() {
                    if let Some(inner) = Shapes::child(schema, name) {
                        self.by_value(inner, value);
                    }
                }
            }
            Json::String(text) if schema.format.as_deref() == Some("quantity") => {
                if let Some(quantity) = Quantity::parse(text) {
                    *text = quantity.in_billionths().to_string();
                }
            }
            _ => {}
        }
    }
}

/// The last part of the name of a definition; empty for what has none.
fn name_of(schema: &Schema) -> &str {
    let name = schema.reference.as_deref().unwrap_or_default();
    name.rsplit('.').next().unwrap_or(name)
}

/// A job that says nothing runs one pod. Where `parallelism` is 1 it may be what was filled in before: with it written out,
/// no number of completions and one are still different things to the server, which nobody can tell from the outside.
fn one_run(fields: &mut Map<String, Json>) {
    let is_one = fields.get("parallelism").and_then(Json::as_i64) == Some(1);
    if is_one && !fields.contains_key("completions") {
        fields.remove("parallelism");
    }
}
