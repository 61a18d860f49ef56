//! What the merge key `<<` brings into a mapping.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Unreadable;
use super::place::Place;

/// Fields that are merged in, and where they stand.
pub(super) type Merged = (Map<String, Value>, BTreeMap<String, Place>);

/// What `<<` brings: a mapping, or a list of them of which the earlier ones count more.
pub(super) fn merge(value: Value, place: &Place, line: u32) -> Result<Vec<Merged>, Unreadable> {
    let wrong = || Unreadable {
        line,
        message: "`<<` takes a mapping, or a list of mappings".to_owned(),
    };
    match value {
        Value::Object(values) => Ok(vec![(values, place.clone().into_fields())]),
        Value::Array(items) => items
            .into_iter()
            .enumerate()
            .map(|(index, item)| match item {
                Value::Object(values) => {
                    let places = place.item(index).cloned();
                    let places = places.map(Place::into_fields).unwrap_or_default();
                    Ok((values, places))
                }
                _ => Err(wrong()),
            })
            .collect(),
        _ => Err(wrong()),
    }
}
