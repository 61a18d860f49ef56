//! Which environments got a change, and which did not although they were alike before.

use std::collections::BTreeMap;

use check::Document;
use manifest::ResourceId;
use serde_json::Value as Json;

use crate::difference::Nature;
use crate::model::{Effect, Fate, FieldReview, Review, title};
use crate::path::{FieldPath, Step};
use crate::text::short;
use crate::tree::{Side, Trees};

/// A change of one field that some environments got and others, which had the same value before, did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Across {
    /// The object, as people call it.
    pub object: String,
    /// The field.
    pub field: String,
    /// The change in one line.
    pub change: String,
    /// The environments that got it.
    pub changed_in: Vec<String>,
    /// The environments whose object stays as it was.
    pub stays_in: Vec<String>,
}

impl Across {
    /// The whole in one line.
    pub fn text(&self) -> String {
        format!(
            "{} {} {}: in {}, not in {}",
            self.object,
            self.field,
            self.change,
            self.changed_in.join(", "),
            self.stays_in.join(", ")
        )
    }
}

/// Compares the reviews of several environments. Only what is as it was before in some of them is told: environments that
/// were different already are different on purpose.
pub fn across(reviewed: &[(&Review, &Trees)]) -> Vec<Across> {
    let mut changes: BTreeMap<(String, String, String), Vec<usize>> = BTreeMap::new();
    let mut samples: BTreeMap<(String, String, String), (&ResourceId, &FieldReview)> =
        BTreeMap::new();
    for (position, (review, _)) in reviewed.iter().enumerate() {
        for object in review
            .objects
            .iter()
            .filter(|object| object.fate == Fate::Changed)
        {
            for field in &object.fields {
                let counts =
                    field.effect > Effect::Nothing && field.difference.nature == Nature::Value;
                if !counts || object.id.kind == "Application" {
                    continue;
                }
                let key = (
                    title(&object.id),
                    field.difference.path.to_string(),
                    crate::text::change(field),
                );
                changes.entry(key.clone()).or_default().push(position);
                samples.entry(key).or_insert((&object.id, field));
            }
        }
    }
    let mut found = Vec::new();
    for (key, got) in changes {
        let Some((id, field)) = samples.get(&key) else {
            continue;
        };
        let others = (0..reviewed.len()).filter(|position| !got.contains(position));
        let stays = others.filter(|position| {
            reviewed
                .get(*position)
                .is_some_and(|(_, trees)| stays_as_it_was(trees, id, field))
        });
        let name = |position: usize| {
            reviewed
                .get(position)
                .map(|(review, _)| review.environment.clone())
        };
        let stays: Vec<String> = stays.filter_map(name).collect();
        if !stays.is_empty() {
            let (object, field, change) = key;
            found.push(Across {
                object,
                field,
                change,
                changed_in: got.into_iter().filter_map(name).collect(),
                stays_in: stays,
            });
        }
    }
    found
}

/// Whether an environment has the object, with the value that the change starts from.
fn stays_as_it_was(trees: &Trees, id: &ResourceId, field: &FieldReview) -> bool {
    let kinds = [id.kind.as_ref()];
    let mut documents = trees.of_kinds(Side::Head, &kinds);
    let Some(document) = documents.find(|document| document.id.is_same_object(id)) else {
        return false;
    };
    let value = find(document, &field.difference.path);
    match (&field.difference.old, value) {
        (Some(old), Some(value)) => short(old) == short(value),
        // What was not there before and is not there now is no sign of having been left behind.
        _ => false,
    }
}

/// The value at a path, items found by what tells them apart.
fn find<'d>(document: &'d Document, path: &FieldPath) -> Option<&'d Json> {
    let mut at = &document.value;
    for step in &path.0 {
        at = match step {
            Step::Field(name) | Step::Key(name) => at.get(name)?,
            Step::Item { label, position } => {
                let items = at.as_array()?;
                let named = items
                    .iter()
                    .find(|item| item.get("name").and_then(Json::as_str) == Some(label));
                named.or_else(|| items.get(*position))?
            }
            Step::Inside => return None,
        };
    }
    Some(at)
}
