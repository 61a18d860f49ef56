//! Is the schema of a custom definition structural? The rules of the server, over the schema as it is written.

mod default;
mod nested;
mod rules;

use regex_lite::Regex;
use serde_json::Value as Json;

use self::default::default;
use self::nested::{complete, nested};
use self::rules::rules;
use super::Fields;
use super::fields::{has, inner, is_true, objects, said, texts, twice};

/// Schemas nested deeper than this are not judged.
const DEEPEST: usize = 200;

/// What a schema is of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Root,
    Item,
    Field,
}

pub(super) type Judged = Result<(), String>;

/// What is wrong with a schema, with the path of the place.
pub(super) fn complaint(schema: &Fields) -> Option<String> {
    judge(schema, Level::Root, false, &Place::ROOT)
        .and_then(|()| complete(schema, schema, &Place::ROOT))
        .err()
}

/// The way from the root of the schema.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    outer: Option<&'p Place<'p>>,
    part: &'p str,
    depth: usize,
}

impl Place<'_> {
    const ROOT: Self = Place {
        outer: None,
        part: "",
        depth: 0,
    };

    fn below<'p>(&'p self, part: &'p str) -> Place<'p> {
        Place {
            outer: Some(self),
            part,
            depth: self.depth + 1,
        }
    }

    fn path(&self) -> String {
        match self.outer {
            None => "openAPIV3Schema".to_owned(),
            Some(outer) => format!("{}.{}", outer.path(), self.part),
        }
    }

    pub(super) fn wrong(&self, message: &str) -> Judged {
        Err(format!("{}: {message}", self.path()))
    }

    fn ensure(&self, holds: bool, message: &str) -> Judged {
        if holds { Ok(()) } else { self.wrong(message) }
    }

    /// As [`Self::ensure`], of a message that is only made when it is needed.
    fn hold(&self, holds: bool, message: impl FnOnce() -> String) -> Judged {
        if holds {
            Ok(())
        } else {
            self.wrong(&message())
        }
    }
}

/// One schema and all inside of it.
fn judge(schema: &Fields, level: Level, in_meta: bool, place: &Place<'_>) -> Judged {
    if place.depth > DEEPEST {
        return Ok(());
    }
    shapes(schema, place)?;
    standard(schema, in_meta, place)?;
    types(schema, level, place)?;
    lists(schema, place)?;
    values(schema, level, place)?;
    rules(schema, place)?;
    default(schema, level, place)?;
    if let Some(item) = inner(schema, "items") {
        judge(item, Level::Item, in_meta, &place.below("items"))?;
    }
    if let Some(values) = inner(schema, "additionalProperties") {
        judge(
            values,
            Level::Field,
            in_meta,
            &place.below("additionalProperties"),
        )?;
    }
    let is_resource = level == Level::Root || is_true(schema, "x-kubernetes-embedded-resource");
    for (name, property) in inner(schema, "properties").into_iter().flatten() {
        let below = place.below(name);
        let Some(property) = property.as_object() else {
            return below.wrong("a schema is an object with a type");
        };
        let meta = is_resource && matches!(name.as_str(), "metadata" | "apiVersion" | "kind");
        judge(property, Level::Field, in_meta || meta, &below)?;
        if meta {
            meta_field(name, property, level, &below)?;
        }
    }
    Ok(())
}

/// Every word of a schema has a value of its type: below a list of schemas nobody else looks.
fn shapes(schema: &Fields, place: &Place<'_>) -> Judged {
    for (word, value) in schema {
        let fits = value.is_null()
            || match word.as_str() {
                "type"
                | "format"
                | "pattern"
                | "title"
                | "description"
                | "$ref"
                | "x-kubernetes-list-type"
                | "x-kubernetes-map-type"
                | "id"
                | "$schema" => value.is_string(),
                "properties" | "not" => value.is_object(),
                "required" | "x-kubernetes-list-map-keys" => {
                    value.as_array().is_some_and(|items| {
                        items.iter().all(|item| item.is_string() || item.is_null())
                    })
                }
                "enum" | "x-kubernetes-validations" => value.is_array(),
                "allOf" | "anyOf" | "oneOf" => value.as_array().is_some_and(|items| {
                    items.iter().all(|item| item.is_object() || item.is_null())
                }),
                "items" => value.is_object() || value.is_array(),
                "additionalProperties" => value.is_object() || value.is_boolean(),
                "nullable"
                | "uniqueItems"
                | "exclusiveMinimum"
                | "exclusiveMaximum"
                | "x-kubernetes-preserve-unknown-fields"
                | "x-kubernetes-embedded-resource"
                | "x-kubernetes-int-or-string" => value.is_boolean(),
                "minimum" | "maximum" | "multipleOf" => value.is_number(),
                "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties"
                | "maxProperties" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
                _ => true,
            };
        place.hold(fits, || format!("`{word}` has a value of another type"))?;
    }
    Ok(())
}

/// Words that schemas of custom resources do not have.
fn standard(schema: &Fields, in_meta: bool, place: &Place<'_>) -> Judged {
    for word in [
        "id",
        "$ref",
        "$schema",
        "definitions",
        "dependencies",
        "patternProperties",
    ] {
        let is_empty = schema.get(word).is_none_or(|value| {
            value.is_null()
                || value.as_str() == Some("")
                || value.as_object().is_some_and(serde_json::Map::is_empty)
        });
        place.hold(is_empty, || format!("`{word}` is not supported"))?;
    }
    place.ensure(
        !has(schema, "additionalItems"),
        "`additionalItems` is not supported",
    )?;
    place.ensure(
        !is_true(schema, "uniqueItems"),
        "`uniqueItems` cannot be true",
    )?;
    place.ensure(
        schema.get("items").is_none_or(|items| !items.is_array()),
        "`items` is one schema, not a list",
    )?;
    place.ensure(
        schema.get("x-kubernetes-preserve-unknown-fields") != Some(&Json::Bool(false)),
        "`x-kubernetes-preserve-unknown-fields` is true or not there",
    )?;
    let embedded = is_true(schema, "x-kubernetes-embedded-resource");
    place.ensure(
        !(in_meta && embedded),
        "no resource is embedded in metadata",
    )?;
    let has_fields = inner(schema, "properties").is_some_and(|fields| !fields.is_empty());
    let has_values = schema
        .get("additionalProperties")
        .is_some_and(|values| values.is_object() || values == &Json::Bool(false));
    place.ensure(
        !(has_fields && has_values),
        "`additionalProperties` and `properties` exclude one another",
    )
}

/// A type is named where there has to be one, and fits what stands beside it.
fn types(schema: &Fields, level: Level, place: &Place<'_>) -> Judged {
    let name = said(schema, "type");
    let known = [
        "", "array", "boolean", "integer", "number", "object", "string",
    ];
    place.hold(known.contains(&name), || {
        format!("there is no type {name:?}")
    })?;
    let is_either = is_true(schema, "x-kubernetes-int-or-string");
    let is_free = is_true(schema, "x-kubernetes-preserve-unknown-fields");
    let is_embedded = is_true(schema, "x-kubernetes-embedded-resource");
    place.ensure(
        !(is_either && (is_free || is_embedded)),
        "`x-kubernetes-int-or-string` stands alone",
    )?;
    place.ensure(
        !is_embedded || name == "object",
        "what is embedded is an object",
    )?;
    place.ensure(
        !name.is_empty() || is_either || is_free,
        "`type` is missing",
    )?;
    if level == Level::Root {
        place.ensure(matches!(name, "" | "object"), "the root is an object")?;
        place.ensure(
            !has(schema, "additionalProperties"),
            "the root has no additionalProperties",
        )?;
    }
    place.ensure(
        name != "array" || has(schema, "items"),
        "`items` is missing",
    )?;
    let has_fields = inner(schema, "properties").is_some_and(|fields| !fields.is_empty());
    place.ensure(
        !is_embedded || is_free || has_fields,
        "what is embedded has properties, or keeps unknown fields",
    )?;
    place.ensure(
        !(is_embedded && has(schema, "additionalProperties")),
        "what is embedded has no additionalProperties",
    )
}

/// How lists and maps are merged.
fn lists(schema: &Fields, place: &Place<'_>) -> Judged {
    let name = said(schema, "type");
    if has(schema, "x-kubernetes-map-type") {
        let kind = said(schema, "x-kubernetes-map-type");
        place.ensure(
            name == "object" && matches!(kind, "atomic" | "granular"),
            "`x-kubernetes-map-type` is atomic or granular, of an object",
        )?;
    }
    let kind = said(schema, "x-kubernetes-list-type");
    let keys: Vec<&str> = texts(schema, "x-kubernetes-list-map-keys").collect();
    place.ensure(
        keys.is_empty() || kind == "map",
        "`x-kubernetes-list-map-keys` needs `x-kubernetes-list-type: map`",
    )?;
    if !has(schema, "x-kubernetes-list-type") {
        return Ok(());
    }
    place.ensure(
        name == "array" && matches!(kind, "atomic" | "set" | "map"),
        "`x-kubernetes-list-type` is atomic, set or map, of an array",
    )?;
    let Some(item) = inner(schema, "items") else {
        return Ok(());
    };
    place.ensure(
        kind == "atomic" || !is_true(item, "nullable"),
        "items that are told apart cannot be null",
    )?;
    match kind {
        "set" => {
            let nested = said(item, "x-kubernetes-list-type");
            let fits = match said(item, "type") {
                "array" => matches!(nested, "" | "atomic"),
                "object" => said(item, "x-kubernetes-map-type") == "atomic",
                _ => true,
            };
            place.ensure(fits, "items of a set are atomic")
        }
        "map" => list_keys(&keys, item, place),
        _ => Ok(()),
    }
}

fn list_keys(keys: &[&str], item: &Fields, place: &Place<'_>) -> Judged {
    place.ensure(!keys.is_empty(), "`x-kubernetes-list-map-keys` is missing")?;
    place.ensure(
        twice(keys.iter().copied()).is_none(),
        "a key is named twice",
    )?;
    place.ensure(
        said(item, "type") == "object",
        "items with keys are objects",
    )?;
    for key in keys {
        let field = inner(item, "properties")
            .and_then(|fields| fields.get(*key))
            .and_then(Json::as_object);
        let Some(field) = field else {
            return place.wrong(&format!("the key {key:?} is no field of the items"));
        };
        let is_required = texts(item, "required").any(|required| required == *key);
        place.ensure(
            !matches!(said(field, "type"), "array" | "object") && !is_true(field, "nullable"),
            &format!("the key {key:?} is no plain value"),
        )?;
        place.hold(is_required || has(field, "default"), || {
            format!("the key {key:?} is neither required nor has a default")
        })?;
    }
    Ok(())
}

/// Patterns can be compiled, and parts that only restrict say nothing else.
fn values(schema: &Fields, level: Level, place: &Place<'_>) -> Judged {
    pattern(schema, place)?;
    let either = is_int_or_string(schema);
    for word in ["allOf", "anyOf", "oneOf"] {
        if word == "anyOf" && either {
            continue;
        }
        for (index, part) in objects(schema, word).enumerate() {
            if word == "allOf" && index == 0 && is_int_or_string(part) {
                continue;
            }
            nested(part, level, &place.below(&index.to_string()))?;
        }
    }
    match inner(schema, "not") {
        Some(part) => nested(part, level, &place.below("not")),
        None => Ok(()),
    }
}

/// `anyOf: [{type: integer}, {type: string}]`
fn is_int_or_string(schema: &Fields) -> bool {
    let parts: Vec<&Fields> = objects(schema, "anyOf").collect();
    parts.len() == 2
        && parts.iter().all(|part| part.len() == 1)
        && said(parts[0], "type") == "integer"
        && said(parts[1], "type") == "string"
}

fn pattern(schema: &Fields, place: &Place<'_>) -> Judged {
    let pattern = said(schema, "pattern");
    // Classes by Unicode's names are known to the server and not here.
    let is_known = !pattern.contains("\\p") && !pattern.contains("\\P");
    place.ensure(
        pattern.is_empty() || !is_known || Regex::new(pattern).is_ok() || is_beyond_us(pattern),
        "`pattern` is no regular expression",
    )
}

/// Whether an expression may only be too large or too new for our engine: its brackets are in order.
fn is_beyond_us(pattern: &str) -> bool {
    let (mut open, mut in_class, mut escaped) = (0_i32, false, false);
    for character in pattern.chars() {
        if escaped {
            escaped = false;
            continue;
        }
        match character {
            '\\' => escaped = true,
            '[' if !in_class => in_class = true,
            ']' if in_class => in_class = false,
            '(' if !in_class => open += 1,
            ')' if !in_class => open -= 1,
            _ => {}
        }
        if open < 0 {
            return false;
        }
    }
    open == 0
        && !in_class
        && !escaped
        && !pattern.starts_with(['*', '+', '?'])
        && !pattern.contains("(?=")
        && !pattern.contains("(?!")
        && !pattern.contains("(?<")
        && !pattern.contains("\\1")
}

/// The fields that every object has.
fn meta_field(name: &str, schema: &Fields, level: Level, place: &Place<'_>) -> Judged {
    if name != "metadata" {
        return place.ensure(said(schema, "type") == "string", "it is a string");
    }
    place.ensure(said(schema, "type") == "object", "it is an object")?;
    if level != Level::Root {
        return Ok(());
    }
    let names = inner(schema, "properties").into_iter().flatten();
    let mut only_names = names.map(|(name, _)| name.as_str());
    let allowed = ["type", "properties", "description", "title", "default"];
    let restricts = schema.keys().find(|word| !allowed.contains(&word.as_str()));
    place.ensure(
        only_names.all(|name| matches!(name, "name" | "generateName")) && restricts.is_none(),
        "only name and generateName can be restricted",
    )
}
