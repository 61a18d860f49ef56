//! An object as the server keeps it: with what it fills in, and without what means the same as nothing.

use schemas::{Schema, Store};
use serde_json::{Map, Value as Json};

use super::defaults;
use crate::document::Document;
use crate::quantity::Quantity;

/// Values nested deeper than this are left as they are.
const DEEPEST: usize = 200;

/// Brings objects of built-in kinds into the form that the server keeps them in.
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
        let schema = kind.and_then(|kind| self.store.resolve(self.minor, &kind.schema));
        let Some((schema, fields)) = schema.zip(document.value.as_object()) else {
            return document.value.clone();
        };
        Json::Object(self.structure(&id.kind, schema, fields, 0))
    }

    fn value(&self, written: &Schema, value: &Json, depth: usize) -> Option<Json> {
        if depth > DEEPEST {
            return Some(value.clone());
        }
        let schema = self.store.resolve(self.minor, written).unwrap_or(written);
        let is_quantity = schema.format.as_deref() == Some("quantity");
        Some(match value {
            Json::Null => return None,
            Json::Array(items) if items.is_empty() => return None,
            Json::Object(fields) => return self.fields(written, schema, fields, depth),
            Json::Array(items) => {
                let item = |value: &Json| match &schema.items {
                    Some(items) => self.value(items, value, depth + 1).unwrap_or(Json::Null),
                    None => value.clone(),
                };
                Json::Array(items.iter().map(item).collect())
            }
            Json::String(_) | Json::Number(_) if is_quantity => amount(value),
            other => other.clone(),
        })
    }

    /// The fields of an object, or the entries of a map, of which none is the same as no map.
    fn fields(
        &self,
        written: &Schema,
        schema: &Schema,
        fields: &Map<String, Json>,
        depth: usize,
    ) -> Option<Json> {
        let Some(values) = &schema.additional_properties else {
            let name = written.reference.as_deref().unwrap_or_default();
            let fields = self.structure(last_part(name), schema, fields, depth);
            return Some(Json::Object(fields));
        };
        let entry = |(key, value): (&String, &Json)| {
            Some((key.clone(), self.value(values, value, depth + 1)?))
        };
        let map: Map<String, Json> = fields.iter().filter_map(entry).collect();
        (!map.is_empty()).then_some(Json::Object(map))
    }

    /// The fields of an object that is no map.
    fn structure(
        &self,
        definition: &str,
        schema: &Schema,
        fields: &Map<String, Json>,
        depth: usize,
    ) -> Map<String, Json> {
        let mut normal: Map<String, Json> = fields
            .iter()
            .filter_map(|(name, value)| {
                let value = match schema.properties.get(name) {
                    Some(field) => self.value(field, value, depth + 1)?,
                    None => value.clone(),
                };
                (!defaults::is_nothing(definition, name, &value)).then(|| (name.clone(), value))
            })
            .collect();
        defaults::fill(definition, &mut normal);
        normal
    }
}

fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// A quantity in one spelling.
fn amount(value: &Json) -> Json {
    let text = match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    match Quantity::parse(&text) {
        Some(quantity) => Json::String(quantity.in_billionths().to_string()),
        None => value.clone(),
    }
}
