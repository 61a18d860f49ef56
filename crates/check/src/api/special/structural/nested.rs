//! The parts of a structural schema under anyOf, oneOf, allOf and not.

use serde_json::Value as Json;

use super::super::Fields;
use super::super::fields::{has, inner, is_true, items, objects, said};
use super::{DEEPEST, Judged, Level, Place, shapes, standard, values};

/// A part of a schema that only restricts.
pub(super) fn nested(part: &Fields, level: Level, place: &Place<'_>) -> Judged {
    if place.depth > DEEPEST {
        return Ok(());
    }
    shapes(part, place)?;
    standard(part, false, place)?;
    for word in ["type", "title", "description"] {
        place.hold(said(part, word).is_empty(), || {
            format!("`{word}` has no place in here")
        })?;
    }
    for word in [
        "default",
        "additionalProperties",
        "x-kubernetes-list-type",
        "x-kubernetes-map-type",
    ] {
        place.hold(!has(part, word), || {
            format!("`{word}` has no place in here")
        })?;
    }
    for word in [
        "nullable",
        "x-kubernetes-preserve-unknown-fields",
        "x-kubernetes-embedded-resource",
        "x-kubernetes-int-or-string",
    ] {
        place.hold(!is_true(part, word), || {
            format!("`{word}` has no place in here")
        })?;
    }
    place.ensure(
        items(part, "x-kubernetes-list-map-keys").is_empty()
            && items(part, "x-kubernetes-validations").is_empty(),
        "keys and rules have no place in here",
    )?;
    values(part, level, place)?;
    if let Some(item) = inner(part, "items") {
        nested(item, level, &place.below("items"))?;
    }
    for (name, property) in inner(part, "properties").into_iter().flatten() {
        let below = place.below(name);
        below.ensure(name != "metadata", "metadata has no place in here")?;
        if let Some(property) = property.as_object() {
            nested(property, Level::Field, &below)?;
        }
    }
    Ok(())
}

/// What a part names is there outside of it, too.
pub(super) fn complete(part: &Fields, schema: &Fields, place: &Place<'_>) -> Judged {
    if place.depth > DEEPEST {
        return Ok(());
    }
    let lists = ["allOf", "anyOf", "oneOf"];
    let parts = lists.iter().flat_map(|word| objects(part, word));
    for part in parts.chain(inner(part, "not")) {
        for (name, property) in inner(part, "properties").into_iter().flatten() {
            let below = place.below(name);
            let outside = inner(schema, "properties")
                .and_then(|fields| fields.get(name))
                .and_then(Json::as_object);
            match (property.as_object(), outside) {
                (Some(property), Some(outside)) => {
                    complete_inside(property, outside, &below)?;
                }
                (_, None) => return below.wrong("it is named in a part, and not outside of it"),
                (None, _) => {}
            }
        }
        if let Some(item) = inner(part, "items") {
            let Some(outside) = inner(schema, "items") else {
                return place.wrong("`items` is named in a part, and not outside of it");
            };
            complete_inside(item, outside, &place.below("items"))?;
        }
        complete(part, schema, place)?;
    }
    Ok(())
}

/// A part of a part, beside the schema of the same place.
fn complete_inside(part: &Fields, schema: &Fields, place: &Place<'_>) -> Judged {
    let mut wrapped = serde_json::Map::new();
    wrapped.insert(
        "allOf".to_owned(),
        Json::Array(vec![Json::Object(part.clone())]),
    );
    complete(&wrapped, schema, place)
}
