//! Fields of an object of a built-in kind, read as the server's own types hold them: a null is nothing, and a null
//! among objects is an empty one.

use std::sync::LazyLock;

use serde_json::{Map, Value as Json};

use super::{Fields, Verdict};
use crate::quantity::Quantity;

static NOTHING: LazyLock<Fields> = LazyLock::new(Map::new);

/// What is wrong with a field.
pub(super) fn wrong(field: &'static str, message: impl Into<String>) -> Verdict {
    Err((field, message.into()))
}

/// A complaint where something does not hold.
pub(super) fn ensure(
    holds: bool,
    field: &'static str,
    message: impl FnOnce() -> String,
) -> Verdict {
    if holds {
        Ok(())
    } else {
        Err((field, message()))
    }
}

/// The text of a field, empty where there is none.
pub(super) fn said<'f>(fields: &'f Fields, name: &str) -> &'f str {
    fields.get(name).and_then(Json::as_str).unwrap_or_default()
}

/// The text of a field, or what the server puts there when it is missing or empty.
pub(super) fn said_or<'f>(fields: &'f Fields, name: &str, default: &'f str) -> &'f str {
    match said(fields, name) {
        "" => default,
        text => text,
    }
}

/// Whether anything but a null stands there.
pub(super) fn has(fields: &Fields, name: &str) -> bool {
    fields.get(name).is_some_and(|value| !value.is_null())
}

/// Whether `true` stands there.
pub(super) fn is_true(fields: &Fields, name: &str) -> bool {
    fields.get(name) == Some(&Json::Bool(true))
}

/// The items of a list, none where there is no list.
pub(super) fn items<'f>(fields: &'f Fields, name: &str) -> &'f [Json] {
    fields
        .get(name)
        .and_then(Json::as_array)
        .map_or(&[][..], Vec::as_slice)
}

/// The texts of a list; a null among them is an empty one.
pub(super) fn texts<'f>(fields: &'f Fields, name: &str) -> impl Iterator<Item = &'f str> {
    items(fields, name)
        .iter()
        .map(|item| item.as_str().unwrap_or_default())
}

/// The objects of a list.
pub(super) fn objects<'f>(fields: &'f Fields, name: &str) -> impl Iterator<Item = &'f Fields> {
    items(fields, name)
        .iter()
        .map(|item| item.as_object().unwrap_or(&NOTHING))
}

/// The object of a field.
pub(super) fn inner<'f>(fields: &'f Fields, name: &str) -> Option<&'f Fields> {
    fields.get(name).and_then(Json::as_object)
}

/// The object of a field; an empty one where there is none.
pub(super) fn inside<'f>(fields: &'f Fields, name: &str) -> &'f Fields {
    inner(fields, name).unwrap_or(&NOTHING)
}

/// The entries of a map.
pub(super) fn entries<'f>(
    fields: &'f Fields,
    name: &str,
) -> impl Iterator<Item = (&'f String, &'f Json)> {
    inner(fields, name).into_iter().flatten()
}

/// A whole number of a field that is held in 32 bits.
pub(super) fn small(fields: &Fields, name: &str) -> Option<i64> {
    fields.get(name).and_then(whole).map(lower_half)
}

/// What 64 bits hold of a whole number: one that is too large for them becomes the least, without a word.
pub(in crate::api) fn whole(value: &Json) -> Option<i64> {
    let too_large = || value.as_f64().filter(|number| number.fract() == 0.0);
    value.as_i64().or_else(|| too_large().map(|_| i64::MIN))
}

/// What 32 bits hold of a number: the server cuts off the rest without a word.
pub(in crate::api) fn lower_half(number: i64) -> i64 {
    let low = number.rem_euclid(1 << 32);
    if low >= 1 << 31 { low - (1 << 32) } else { low }
}

/// A quantity; null is zero.
pub(in crate::api) fn quantity(value: &Json) -> Option<Quantity> {
    match value {
        Json::Null => Some(Quantity::whole(0)),
        // The server cuts off spaces around it.
        Json::String(text) => Quantity::parse(text.trim_matches(' ')),
        other => Quantity::parse(&other.to_string()),
    }
}

/// The first text that comes a second time.
pub(super) fn twice<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<&'t str> {
    let mut seen = std::collections::BTreeSet::new();
    texts.into_iter().find(|text| !seen.insert(*text))
}
