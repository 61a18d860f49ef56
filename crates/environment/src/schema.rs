//! Makes the JSON Schema (draft-07) by which an editor completes and checks an environment while it is typed.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::decode::Value;
use crate::macros::documentation;

/// The named types of a schema, each described once.
///
/// A file that extends another may leave out what it inherits and remove keys with `null`; for such files every type is
/// described a second time, with nothing required.
#[derive(Debug, Default)]
pub struct Definitions {
    partial: bool,
    /// Rust path of each type and the name that it has here.
    names: BTreeMap<&'static str, String>,
    schemas: BTreeMap<String, Json>,
}

impl Definitions {
    /// The schema of a value of a key; in a file that extends another it may be `null`.
    pub fn value_of<T: Value>(&mut self) -> Json {
        let schema = T::schema(self);
        if self.partial {
            json!({ "anyOf": [schema, { "type": "null" }] })
        } else {
            schema
        }
    }

    /// Describes a mapping with named keys and returns a reference to it.
    pub fn object<T>(
        &mut self,
        name: &str,
        lines: &[&str],
        fields: impl FnOnce(&mut Self) -> Vec<(&'static str, Json, bool)>,
    ) -> Json {
        self.define::<T>(name, |definitions| {
            let fields = fields(definitions);
            let required: Vec<_> = fields
                .iter()
                .filter(|(_, _, required)| *required)
                .map(|(key, _, _)| *key)
                .collect();
            let properties: serde_json::Map<_, _> = fields
                .iter()
                .map(|(key, schema, _)| ((*key).to_owned(), schema.clone()))
                .collect();
            let mut schema = json!({
                "type": "object",
                "description": documentation(lines),
                "properties": properties,
                "additionalProperties": false,
            });
            if !definitions.partial && !required.is_empty() {
                schema["required"] = json!(required);
            }
            schema
        })
    }

    /// Describes a closed set of words and returns a reference to it.
    pub fn words<T>(&mut self, name: &str, lines: &[&str], words: &[(&str, &[&str])]) -> Json {
        let words: Vec<_> = words
            .iter()
            .map(|(word, lines)| json!({ "const": word, "description": documentation(lines) }))
            .collect();
        self.define::<T>(
            name,
            |_| json!({ "description": documentation(lines), "oneOf": words }),
        )
    }

    /// Describes a mapping with one of several keys and returns a reference to it.
    pub fn one_key<T>(
        &mut self,
        name: &str,
        lines: &[&str],
        variants: impl FnOnce(&mut Self) -> Vec<(&'static str, Json)>,
    ) -> Json {
        self.define::<T>(name, |definitions| {
            let properties: serde_json::Map<_, _> = variants(definitions)
                .into_iter()
                .map(|(word, schema)| (word.to_owned(), schema))
                .collect();
            let mut schema = json!({
                "type": "object",
                "description": documentation(lines),
                "properties": properties,
                "additionalProperties": false,
            });
            if !definitions.partial {
                schema["minProperties"] = json!(1);
                schema["maxProperties"] = json!(1);
            }
            schema
        })
    }

    /// A schema with the definitions that it refers to.
    pub(crate) fn with(self, schema: &Json) -> Json {
        json!({ "allOf": [schema], "definitions": self.schemas })
    }

    fn define<T>(&mut self, name: &str, build: impl FnOnce(&mut Self) -> Json) -> Json {
        let path = std::any::type_name::<T>();
        if let Some(known) = self.names.get(path) {
            return reference(known);
        }
        let mut unique = if self.partial {
            format!("{name}Override")
        } else {
            name.to_owned()
        };
        while self.schemas.contains_key(&unique) {
            unique.push('_');
        }
        self.names.insert(path, unique.clone());
        // Holds the name while the type is described, which may lead back to it.
        self.schemas.insert(unique.clone(), Json::Null);
        let schema = build(self);
        self.schemas.insert(unique.clone(), schema);
        reference(&unique)
    }
}

fn reference(name: &str) -> Json {
    json!({ "$ref": format!("#/definitions/{name}") })
}

/// A schema with a description; beside a `$ref` draft-07 would ignore it.
pub(crate) fn described(mut schema: Json, description: &str) -> Json {
    if description.is_empty() {
        return schema;
    }
    if schema.get("$ref").is_some() {
        return json!({ "description": description, "allOf": [schema] });
    }
    let description = match schema.get("description").and_then(Json::as_str) {
        Some(expected) => format!("{description}\n\nExpected is {expected}."),
        None => description.to_owned(),
    };
    schema["description"] = json!(description);
    schema
}

/// The JSON Schema of the files in `environments`.
pub fn json_schema() -> String {
    json_schema_of::<crate::Environment>("An environment")
}

/// The JSON Schema of a file that holds a `T`, as text with a final line break.
///
/// `extends` is allowed beside the keys of `T`, and a file that uses it need not be complete.
pub fn json_schema_of<T: Value>(title: &str) -> String {
    let mut definitions = Definitions::default();
    let whole = T::schema(&mut definitions);
    definitions.partial = true;
    definitions.names.clear();
    let partial = T::schema(&mut definitions);
    if let Some(properties) = target(&partial).and_then(|name| {
        definitions
            .schemas
            .get_mut(name)?
            .get_mut("properties")?
            .as_object_mut()
    }) {
        properties.insert(
            "extends".to_owned(),
            json!({ "type": "string", "description": "The environment whose values hold where this file says nothing." }),
        );
    }
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        "if": { "required": ["extends"] },
        "then": partial,
        "else": whole,
        "definitions": definitions.schemas,
    });
    format!("{schema:#}\n")
}

fn target(reference: &Json) -> Option<&str> {
    reference
        .get("$ref")?
        .as_str()?
        .strip_prefix("#/definitions/")
}
