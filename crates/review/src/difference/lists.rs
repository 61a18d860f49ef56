//! Lists: items matched by what tells them apart, order told only where something depends on it.

use std::collections::BTreeMap;

use schemas::{ListType, Schema};
use serde_json::Value as Json;

use super::{Comparison, Nature};
use crate::path::FieldPath;

/// More pairs of items than this are not compared one by one.
const PAIRS: usize = 1_000_000;

/// How the items of a list are told apart.
enum Matching {
    /// By these fields.
    Keys(Vec<String>),
    /// By the item itself.
    Whole,
    /// By their places.
    Position,
}

impl<'a> Comparison<'a> {
    pub(super) fn list(
        &mut self,
        schema: Option<&'a Schema>,
        old: &[Json],
        new: &[Json],
        path: &FieldPath,
    ) {
        let items = schema.and_then(|schema| schema.items.as_deref());
        match matching(schema, old, new) {
            Matching::Keys(keys) => {
                self.by_labels(items, old, new, path, &|item| label(item, &keys));
            }
            Matching::Whole => self.by_labels(items, old, new, path, &shown),
            Matching::Position => self.by_position(items, old, new, path),
        }
    }

    fn by_labels(
        &mut self,
        items: Option<&'a Schema>,
        old: &[Json],
        new: &[Json],
        path: &FieldPath,
        label: &dyn Fn(&Json) -> String,
    ) {
        let index = |list: &[Json]| -> BTreeMap<String, usize> {
            let labels = list.iter().enumerate();
            labels
                .map(|(position, item)| (label(item), position))
                .collect()
        };
        let (before, after) = (index(old), index(new));
        for (name, position) in &before {
            if !after.contains_key(name) {
                let below = path.item(name.clone(), *position);
                self.push(below, old.get(*position), None, Nature::Value);
            }
        }
        let mut common: Vec<(usize, usize)> = Vec::new();
        for (name, position) in &after {
            let below = path.item(name.clone(), *position);
            match before.get(name) {
                Some(was) => {
                    common.push((*position, *was));
                    self.node(items, old.get(*was), new.get(*position), &below);
                }
                None => self.push(below, None, new.get(*position), Nature::Value),
            }
        }
        common.sort_unstable();
        let in_order = common.is_sorted_by_key(|(_, was)| *was);
        // An item that was put between others moves those behind it, and nothing else.
        if !in_order {
            self.order(old, new, path, label);
        }
    }

    fn order(
        &mut self,
        old: &[Json],
        new: &[Json],
        path: &FieldPath,
        label: &dyn Fn(&Json) -> String,
    ) {
        let labels = |list: &[Json]| Json::from(list.iter().map(label).collect::<Vec<_>>());
        let (before, after) = (labels(old), labels(new));
        self.push(path.clone(), Some(&before), Some(&after), Nature::Order);
    }

    /// Items without names: what is equal at both ends and in between stays, and what is left is compared in pairs.
    fn by_position(
        &mut self,
        items: Option<&'a Schema>,
        old: &[Json],
        new: &[Json],
        path: &FieldPath,
    ) {
        let scalars = |list: &[Json]| {
            list.iter()
                .all(|item| !item.is_object() && !item.is_array())
        };
        if old.len() == new.len() && sorted(old) == sorted(new) {
            self.order(old, new, path, &shown);
            return;
        }
        if scalars(old) && scalars(new) && old.len().max(new.len()) <= 8 {
            let (before, after) = (Json::from(old.to_vec()), Json::from(new.to_vec()));
            self.push(path.clone(), Some(&before), Some(&after), Nature::Value);
            return;
        }
        let kept = common(old, new);
        let (mut left, mut right) = (0, 0);
        for (was, is) in kept.into_iter().chain([(old.len(), new.len())]) {
            while left < was || right < is {
                let before = old.get(left).filter(|_| left < was);
                let after = new.get(right).filter(|_| right < is);
                let position = if after.is_some() { right } else { left };
                let below = path.item(position.to_string(), position);
                self.node(items, before, after, &below);
                left = (left + 1).min(was);
                right = (right + 1).min(is);
            }
            (left, right) = (was + 1, is + 1);
        }
    }
}

fn sorted(list: &[Json]) -> Vec<String> {
    let mut texts: Vec<String> = list.iter().map(Json::to_string).collect();
    texts.sort();
    texts
}

/// The longest run of equal items of both lists, as pairs of positions.
pub(super) fn common<T: PartialEq>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let head = old
        .iter()
        .zip(new)
        .take_while(|(one, other)| one == other)
        .count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(|(one, other)| one == other)
        .count();
    let (rows, columns) = (old_rest.len() - tail, new_rest.len() - tail);
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|place| (place, place)).collect();
    if rows.saturating_mul(columns) <= PAIRS {
        let middle = longest(&old_rest[..rows], &new_rest[..columns]);
        pairs.extend(middle.into_iter().map(|(was, is)| (was + head, is + head)));
    }
    pairs.extend((0..tail).map(|place| (head + rows + place, head + columns + place)));
    pairs
}

fn longest<T: PartialEq>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    let mut lengths = vec![0_u32; (old.len() + 1) * width];
    for row in (0..old.len()).rev() {
        for column in (0..new.len()).rev() {
            lengths[row * width + column] = if old[row] == new[column] {
                lengths[(row + 1) * width + column + 1] + 1
            } else {
                lengths[(row + 1) * width + column].max(lengths[row * width + column + 1])
            };
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut pairs = Vec::new();
    while row < old.len() && column < new.len() {
        if old[row] == new[column] {
            pairs.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

/// How the items of a list are told apart, by its schema or, where that is silent, by a name that each item has.
fn matching(schema: Option<&Schema>, old: &[Json], new: &[Json]) -> Matching {
    let tells_apart = |keys: &[String]| {
        !keys.is_empty()
            && [old, new].iter().all(|list| {
                let mut labels: Vec<String> = list.iter().map(|item| label(item, keys)).collect();
                let are_objects = list.iter().all(Json::is_object);
                labels.sort();
                let count = labels.len();
                labels.dedup();
                are_objects && labels.len() == count
            })
    };
    if let Some(schema) = schema {
        if schema.list_type == Some(ListType::Map) && tells_apart(&schema.list_map_keys) {
            return Matching::Keys(schema.list_map_keys.clone());
        }
        let merge_key: Vec<String> = schema.patch_merge_key.iter().cloned().collect();
        if tells_apart(&merge_key) {
            return Matching::Keys(merge_key);
        }
        if schema.list_type == Some(ListType::Set) {
            return Matching::Whole;
        }
    }
    for key in ["name", "alert", "record", "job_name", "host"] {
        let key = vec![key.to_owned()];
        let all_have = [old, new].iter().all(|list| {
            list.iter()
                .all(|item| item.get(&key[0]).is_some_and(Json::is_string))
        });
        if all_have && tells_apart(&key) {
            return Matching::Keys(key);
        }
    }
    Matching::Position
}

/// What tells an item apart, in one line.
fn label(item: &Json, keys: &[String]) -> String {
    let values = keys.iter().filter_map(|key| item.get(key)).map(shown);
    values.collect::<Vec<_>>().join("/")
}

/// A value in one line.
pub(super) fn shown(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
