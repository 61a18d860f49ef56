//! Does the default of a structural schema fit its schema?

use serde_json::Value as Json;

use super::super::Fields;
use super::super::fields::{inner, is_true, items, said, texts};
use super::{Judged, Level, Place};

/// A default is a value of its schema.
pub(super) fn default(schema: &Fields, level: Level, place: &Place<'_>) -> Judged {
    match schema.get("default") {
        None | Some(Json::Null) => Ok(()),
        Some(_) if level == Level::Root => Ok(()),
        Some(value) => fits(schema, value)
            .or_else(|why| place.wrong(&format!("the default is no value of its schema: {why}"))),
    }
}

fn fits(schema: &Fields, value: &Json) -> Result<(), String> {
    let name = said(schema, "type");
    if value.is_null() {
        return if is_true(schema, "nullable") {
            Ok(())
        } else {
            Err("null".to_owned())
        };
    }
    let is_whole = || value.as_f64().is_some_and(|number| number.fract() == 0.0);
    let has_type = match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => is_whole(),
        "number" => value.is_number(),
        _ => !is_true(schema, "x-kubernetes-int-or-string") || value.is_string() || is_whole(),
    };
    if !has_type {
        return Err(format!("{value} is no {name}"));
    }
    let listed = items(schema, "enum");
    if !listed.is_empty() && !listed.contains(value) {
        return Err(format!("{value} is not listed"));
    }
    let bound = |word: &str| schema.get(word).and_then(Json::as_f64);
    if let Some(number) = value.as_f64()
        && (bound("minimum").is_some_and(|least| number < least)
            || bound("maximum").is_some_and(|most| number > most))
    {
        return Err(format!("{value} is out of range"));
    }
    if let Some(item) = inner(schema, "items") {
        for value in value.as_array().into_iter().flatten() {
            fits(item, value)?;
        }
    }
    let Some(fields) = value.as_object() else {
        return Ok(());
    };
    let is_free = is_true(schema, "x-kubernetes-preserve-unknown-fields")
        || schema.get("additionalProperties") == Some(&Json::Bool(true));
    for (name, value) in fields {
        let known = inner(schema, "properties")
            .and_then(|known| known.get(name))
            .or_else(|| schema.get("additionalProperties"))
            .and_then(Json::as_object);
        match known {
            Some(known) => fits(known, value)?,
            None if is_free || is_true(schema, "x-kubernetes-embedded-resource") => {}
            None => return Err(format!("there is no field {name:?}")),
        }
    }
    let missing = texts(schema, "required").find(|required| {
        let is_defaulted = inner(schema, "properties")
            .and_then(|known| known.get(*required))
            .is_some_and(|known| known.get("default").is_some());
        !fields.contains_key(*required) && !is_defaulted
    });
    match missing {
        None => Ok(()),
        Some(name) => Err(format!("the field {name:?} is missing")),
    }
}
