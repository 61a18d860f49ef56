//! A container of the judged object, seen through its schema as the API server shows it to a rule.

use serde_json::Value as Json;

use schemas::{ListType, Schema, SchemaType};

use super::expression::FieldName;
use super::value::Value;
use crate::format::{byte, duration, time};

/// An object or a list, with its schema where there is one.
///
/// Fields that are absent and have a default are seen as present, nulls that the schema does not allow as absent:
/// the server fills in and prunes before it evaluates rules.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'v> {
    pub(crate) json: &'v Json,
    pub(crate) schema: Option<&'v Schema>,
}

impl<'v> Value<'v> {
    /// A value of the document, typed by its schema.
    pub(crate) fn of(json: &'v Json, schema: Option<&'v Schema>) -> Self {
        match json {
            Json::Null => Value::Null,
            Json::Bool(value) => Value::Boolean(*value),
            Json::Number(number) => {
                let is_double = schema.is_some_and(|schema| schema.type_ == SchemaType::Number);
                match number.as_i64() {
                    Some(value) if !is_double => Value::Integer(value),
                    _ => whole_double(number.as_f64().unwrap_or(f64::NAN), schema),
                }
            }
            Json::String(text) => typed_text(text, schema),
            Json::Array(_) | Json::Object(_) => Value::View(View { json, schema }),
        }
    }
}

/// `1.0` in a field of whole numbers is the whole number.
#[expect(
    clippy::cast_possible_truncation,
    reason = "only taken for whole numbers that an i64 holds exactly"
)]
fn whole_double<'v>(value: f64, schema: Option<&Schema>) -> Value<'v> {
    let is_integer = schema.is_some_and(|schema| {
        matches!(schema.type_, SchemaType::Integer | SchemaType::IntOrString)
    });
    if is_integer && value.fract() == 0.0 && value.abs() < 9.0e15 {
        Value::Integer(value as i64)
    } else {
        Value::Double(value)
    }
}

fn typed_text<'v>(text: &'v str, schema: Option<&Schema>) -> Value<'v> {
    let typed = match schema.and_then(|schema| schema.format.as_deref()) {
        Some("date-time" | "datetime" | "date") => time::parse(text).map(Value::Timestamp),
        Some("duration") => duration::lenient(text).map(Value::Duration),
        Some("byte") => byte::decode(text).map(|bytes| Value::Bytes(bytes.into())),
        _ => None,
    };
    typed.unwrap_or(Value::text(text))
}

impl<'v> View<'v> {
    /// The schema of a field of this object.
    fn child_schema(&self, name: &str) -> Option<&'v Schema> {
        let schema = self.schema?;
        schema
            .properties
            .get(name)
            .or(schema.additional_properties.as_deref())
    }

    /// A field, with its default where it is absent.
    pub(crate) fn get(&self, name: &str) -> Option<Value<'v>> {
        let schema = self.child_schema(name);
        let present = self.json.as_object()?.get(name);
        let present =
            present.filter(|json| !json.is_null() || schema.is_none_or(|schema| schema.nullable));
        let json = present.or_else(|| schema.and_then(|schema| schema.default.as_ref()))?;
        Some(Value::of(json, schema))
    }

    /// A field by the name that a rule wrote.
    pub(crate) fn field(&self, name: &FieldName) -> Option<Value<'v>> {
        name.unescaped
            .as_deref()
            .and_then(|unescaped| self.get(unescaped))
            .or_else(|| self.get(&name.written))
    }

    /// An element of this list.
    pub(crate) fn element(&self, index: usize) -> Option<Value<'v>> {
        self.json
            .as_array()?
            .get(index)
            .map(|json| Value::of(json, self.item_schema()))
    }

    fn item_schema(&self) -> Option<&'v Schema> {
        self.schema.and_then(|schema| schema.items.as_deref())
    }

    /// All elements, where this is a list.
    pub(crate) fn elements(&self) -> Option<Vec<Value<'v>>> {
        let schema = self.item_schema();
        Some(
            self.json
                .as_array()?
                .iter()
                .map(|json| Value::of(json, schema))
                .collect(),
        )
    }

    /// All fields, defaults included, where this is an object.
    pub(crate) fn entries(&self) -> Option<Vec<(Value<'v>, Value<'v>)>> {
        let object = self.json.as_object()?;
        let mut entries: Vec<_> = object
            .keys()
            .filter_map(|key| {
                self.get(key)
                    .map(|value| (Value::text(key.as_str()), value))
            })
            .collect();
        let properties = self
            .schema
            .into_iter()
            .flat_map(|schema| &schema.properties);
        for (name, schema) in properties.filter(|(name, _)| !object.contains_key(*name)) {
            if let Some(default) = &schema.default {
                entries.push((Value::text(name), Value::of(default, Some(schema))));
            }
        }
        Some(entries)
    }

    /// How many elements or fields there are.
    pub(crate) fn len(&self) -> usize {
        match self.json {
            Json::Array(items) => items.len(),
            _ => self.entries().map_or(0, |entries| entries.len()),
        }
    }

    /// How many elements or fields are written, which is what going through them costs.
    pub(crate) fn size(&self) -> usize {
        match self.json {
            Json::Array(items) => items.len(),
            Json::Object(fields) => fields.len(),
            _ => 0,
        }
    }

    /// Whether the order of the elements does not count.
    pub(crate) fn is_unordered(&self) -> bool {
        self.schema
            .is_some_and(|schema| matches!(schema.list_type, Some(ListType::Set | ListType::Map)))
    }
}
