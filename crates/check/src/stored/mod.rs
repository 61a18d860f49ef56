//! Brings an object into the form in which the API server would store it, so that what is only written differently is
//! equal: defaults filled in, quantities in one form, nulls and empty lists gone where they count as absent.

mod computed;
mod defaults;
mod quantity;

use schemas::{Schema, SchemaType, Store};
use serde_json::{Map, Value as Json};

/// The schemas of one Kubernetes minor.
#[derive(Clone, Copy)]
pub struct Shapes<'a> {
    /// All that is known of kinds.
    pub store: &'a Store,
    /// The minor, `1.35`.
    pub minor: &'a str,
}

impl<'a> Shapes<'a> {
    /// The schema in which something is said about the value, and the name of its definition.
    pub fn resolve(&self, schema: &'a Schema) -> (&'a Schema, Option<&'a str>) {
        let resolved = self.store.resolve(self.minor, schema).unwrap_or(schema);
        (resolved, schema.reference.as_deref())
    }

    /// The schema of a field or of a key of a map.
    pub fn child(schema: &'a Schema, name: &str) -> Option<&'a Schema> {
        schema
            .properties
            .get(name)
            .or(schema.additional_properties.as_deref())
    }

    /// The whole object in its stored form; as it is where the kind is not known.
    pub fn stored(&self, object: &Json, schema: Option<&'a Schema>, native: bool) -> Json {
        let mut stored = object.clone();
        if let Some(schema) = schema {
            let normaliser = Normaliser {
                shapes: *self,
                native,
            };
            normaliser.node(schema, &mut stored);
            if let (true, Some(kind)) = (native, object.get("kind").and_then(Json::as_str))
                && let Some(fields) = stored.as_object_mut()
            {
                let definition = format!(".kind.{kind}");
                defaults::fill(&definition, fields);
                computed::fill(&definition, fields);
            }
        }
        for pointer in WRITTEN_BY_THE_SERVER {
            remove(&mut stored, pointer);
        }
        stored
    }
}

/// What a manifest cannot set, or what the server takes from elsewhere.
const WRITTEN_BY_THE_SERVER: [&[&str]; 8] = [
    &["status"],
    &["metadata", "managedFields"],
    &["metadata", "resourceVersion"],
    &["metadata", "uid"],
    &["metadata", "generation"],
    &["metadata", "creationTimestamp"],
    &["metadata", "selfLink"],
    &[
        "metadata",
        "annotations",
        "kubectl.kubernetes.io/last-applied-configuration",
    ],
];

fn remove(value: &mut Json, path: &[&str]) {
    let Some((last, before)) = path.split_last() else {
        return;
    };
    let mut at = value;
    for step in before {
        match at.get_mut(*step) {
            Some(inner) => at = inner,
            None => return,
        }
    }
    if let Some(fields) = at.as_object_mut() {
        fields.remove(*last);
    }
}

struct Normaliser<'a> {
    shapes: Shapes<'a>,
    native: bool,
}

impl<'a> Normaliser<'a> {
    fn node(&self, schema: &'a Schema, value: &mut Json) {
        let (resolved, definition) = self.shapes.resolve(schema);
        match value {
            Json::Object(fields) => self.object(resolved, definition, fields),
            Json::Array(items) => {
                if let Some(schema) = &resolved.items {
                    for item in items {
                        self.node(schema, item);
                    }
                }
            }
            Json::String(text) if self.native && is_quantity(resolved) => {
                *text = quantity::canonical(text).into_owned();
            }
            Json::Number(number) if self.native && is_quantity(resolved) => {
                *value = Json::String(quantity::canonical(&number.to_string()).into_owned());
            }
            Json::Number(number) if number.is_f64() => whole(value),
            _ => {}
        }
    }

    fn object(&self, schema: &'a Schema, definition: Option<&str>, fields: &mut Map<String, Json>) {
        let is_map = schema.properties.is_empty() && schema.additional_properties.is_some();
        for (name, value) in fields.iter_mut() {
            if let Some(child) = Shapes::child(schema, name) {
                self.node(child, value);
            }
        }
        fields.retain(|name, value| match Shapes::child(schema, name) {
            Some(child) => !self.counts_as_absent(child, value, is_map),
            None => true,
        });
        for (name, property) in &schema.properties {
            if let Some(default) = property
                .default
                .as_ref()
                .filter(|default| !default.is_null())
                && !fields.contains_key(name)
            {
                let mut default = default.clone();
                self.node(property, &mut default);
                // An empty object among the built-in defaults stands for the zero value of its type.
                let is_zero = default.as_object().is_some_and(Map::is_empty)
                    || default.as_str().is_some_and(str::is_empty);
                if !(self.native && is_zero) {
                    fields.insert(name.to_owned(), default);
                }
            }
        }
        if let Some(definition) = definition.filter(|_| self.native) {
            defaults::fill(definition, fields);
            computed::fill(definition, fields);
        }
    }

    /// Whether the server stores nothing for such a value.
    fn counts_as_absent(&self, schema: &'a Schema, value: &Json, inside_map: bool) -> bool {
        let (resolved, _) = self.shapes.resolve(schema);
        match value {
            Json::Null => {
                let may_be_null = schema.nullable || resolved.nullable;
                !inside_map && (self.native || !may_be_null)
            }
            Json::Array(items) => self.native && !inside_map && items.is_empty(),
            Json::Object(fields) => {
                let is_map = resolved.properties.is_empty()
                    && resolved.additional_properties.is_some()
                    && !resolved.preserve_unknown_fields;
                self.native && !inside_map && is_map && fields.is_empty()
            }
            _ => false,
        }
    }
}

/// A whole number that was written as a fraction.
fn whole(value: &mut Json) {
    let Some(number) = value.as_f64() else { return };
    if number.fract() == 0.0 && number.abs() < 9.0e15 {
        #[expect(clippy::cast_possible_truncation, reason = "tested before")]
        let whole = number as i64;
        *value = Json::from(whole);
    }
}

/// Whether the value is a quantity.
pub fn is_quantity(schema: &Schema) -> bool {
    schema.format.as_deref() == Some("quantity")
        || (schema.type_ == SchemaType::IntOrString
            && schema
                .pattern
                .as_deref()
                .is_some_and(|pattern| pattern.contains("[KMGTPE]i")))
}
