//! Lists.

use schemas::{ListType, Schema};
use serde_json::{Map, Value as Json};

use super::shapes::Demanded;
use super::validator::{Mode, Validator};
use crate::path::Path;
use crate::rules::api::{duplicate, required, size, wrong_type};

impl<'v, 's> Validator<'v, 's, '_> {
    /// A list that a schema describes.
    pub(super) fn array(
        &mut self,
        schema: &'s Schema,
        items: &'v [Json],
        path: &Path<'_>,
        mode: Mode,
    ) {
        let length = u64::try_from(items.len()).unwrap_or(u64::MAX);
        if let Some(least) = schema.min_items.filter(|least| length < *least) {
            self.report(
                &size::RULE,
                path,
                || format!("needs at least {least} items, has {length}"),
                || None,
            );
        }
        if let Some(most) = schema.max_items.filter(|most| length > *most) {
            self.report(
                &size::RULE,
                path,
                || format!("may have at most {most} items, has {length}"),
                || None,
            );
        }
        let list_type = schema.list_type;
        if let Some(schema) = &schema.items {
            for (index, item) in items.iter().enumerate() {
                if item.is_null() && self.is_built_in {
                    self.null_item(list_type, schema, &path.index(index));
                }
                self.node(schema, item, &path.index(index), mode);
            }
        }
        if schema.unique_items || (schema.list_type == Some(ListType::Set) && mode == Mode::Whole) {
            self.distinct(items, path);
        }
        if schema.list_type == Some(ListType::Map) && mode == Mode::Whole {
            self.distinct_keys(schema, items, path);
        }
    }

    /// In built-in kinds a null among objects counts as an empty one, and a list with keys may not have any.
    fn null_item(&mut self, list_type: Option<ListType>, schema: &'s Schema, path: &Path<'_>) {
        if matches!(list_type, Some(ListType::Map | ListType::Set)) {
            self.report(
                &wrong_type::RULE,
                path,
                || "an item of a list whose items are told apart is null".to_owned(),
                || None,
            );
        } else if let Some(definition) = &schema.reference {
            // No schema judges what a null lacks, so all demands have to.
            self.native(
                Demanded::of(definition),
                &Schema::default(),
                &Map::new(),
                path,
            );
        }
    }

    fn distinct(&mut self, items: &[Json], path: &Path<'_>) {
        for (index, item) in items.iter().enumerate() {
            if let Some(first) = items[..index].iter().position(|other| same(other, item)) {
                let message = || format!("item {index} repeats item {first}, each may come once");
                self.report(&duplicate::RULE, &path.index(index), message, || None);
            }
        }
    }

    fn distinct_keys(&mut self, schema: &'s Schema, items: &'v [Json], path: &Path<'_>) {
        let facts = self.facts;
        let shape = schema
            .items
            .as_deref()
            .and_then(|items| Some(facts.shapes.of(items)?.schema));
        let default = |key: &str| {
            shape
                .and_then(|shape| shape.properties.get(key))
                .and_then(|field| field.default.as_ref())
        };
        let keys = |item: &'v Json| -> Vec<Option<&Json>> {
            schema
                .list_map_keys
                .iter()
                .map(|key| {
                    let written = item.get(key).filter(|value| !value.is_null());
                    written.or_else(|| default(key))
                })
                .collect()
        };
        let mut seen: Vec<Vec<Option<&Json>>> = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let keys = keys(item);
            let are_required = schema
                .list_map_keys
                .iter()
                .any(|key| shape.is_some_and(|shape| shape.requires(key)));
            let has_none = !keys.is_empty() && keys.iter().all(Option::is_none);
            // Of a reference by name: without it, the empty one.
            let is_plain = schema.items.as_ref().is_some_and(|items| {
                let definition = items.reference.as_deref();
                definition.is_some_and(|name| name.ends_with("LocalObjectReference"))
            });
            if item.is_object() && has_none && !are_required && !is_plain {
                let names = schema.list_map_keys.join(", ");
                let message = || format!("item {index} has none of the keys of this list: {names}");
                self.report(&required::RULE, &path.index(index), message, || None);
            }
            if let Some(first) = seen.iter().position(|other| *other == keys) {
                let shown: Vec<String> = schema
                    .list_map_keys
                    .iter()
                    .zip(&keys)
                    .map(|(name, value)| {
                        format!(
                            "{name} {}",
                            value.map_or_else(|| "absent".to_owned(), Json::to_string)
                        )
                    })
                    .collect();
                let message = || {
                    format!(
                        "item {index} has the same {} as item {first}",
                        shown.join(" and ")
                    )
                };
                self.report(&duplicate::RULE, &path.index(index), message, || None);
            }
            seen.push(keys);
        }
    }
}

/// Equality of values, whole numbers written as fractions included.
pub(super) fn same(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Number(one), Json::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        _ => left == right,
    }
}
