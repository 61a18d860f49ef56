//! Which object before is which object after: by identity, and where that fails, by content.

use std::collections::{BTreeMap, BTreeSet};

use check::Document;
use manifest::ResourceId;
use serde_json::Value as Json;

/// An object before and after.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pair<'t> {
    Added(&'t Document),
    Removed(&'t Document),
    /// The same object, maybe in another file.
    Same(&'t Document, &'t Document),
    /// Another name, namespace or kind for nearly the same content.
    Renamed(&'t Document, &'t Document),
}

/// Of the values of two objects, this share must be equal for one to be the other under a new name, in percent.
const ALIKE: usize = 60;
/// More candidates than this are not compared with each other.
const CANDIDATES: usize = 400;

type Key<'t> = (&'t str, &'t str, &'t str, &'t str);

fn key(id: &ResourceId) -> Key<'_> {
    let namespace = id.namespace.as_deref().unwrap_or_default();
    (id.group(), id.kind.as_ref(), namespace, &id.name)
}

/// Finds the pairs among the objects of the files that differ.
pub(crate) fn pairs<'t>(base: &[&'t Document], head: &[&'t Document]) -> Vec<Pair<'t>> {
    let mut before: BTreeMap<Key<'t>, &'t Document> = base
        .iter()
        .map(|document| (key(&document.id), *document))
        .collect();
    let mut pairs = Vec::new();
    let mut added = Vec::new();
    let mut seen = BTreeSet::new();
    for document in head {
        if !seen.insert(key(&document.id)) {
            continue;
        }
        match before.remove(&key(&document.id)) {
            Some(old) => pairs.push(Pair::Same(old, document)),
            None => added.push(*document),
        }
    }
    let mut removed: Vec<&'t Document> = before.into_values().collect();
    pairs.extend(renamed(&mut removed, &mut added));
    pairs.extend(removed.into_iter().map(Pair::Removed));
    pairs.extend(added.into_iter().map(Pair::Added));
    pairs
}

/// Takes those that are alike out of both lists, the most alike first.
fn renamed<'t>(removed: &mut Vec<&'t Document>, added: &mut Vec<&'t Document>) -> Vec<Pair<'t>> {
    if removed.len().saturating_mul(added.len()) > CANDIDATES * CANDIDATES {
        return Vec::new();
    }
    // With its own name blotted out and as it is: others may go by the old name, or by a third one.
    let facts = |documents: &[&'t Document]| -> Vec<[BTreeSet<String>; 2]> {
        let both = documents.iter();
        both.map(|document| [true, false].map(|blots| leaves(document, blots)))
            .collect()
    };
    let (old, new) = (facts(removed), facts(added));
    let mut candidates = Vec::new();
    for (left, before) in removed.iter().enumerate() {
        for (right, after) in added.iter().enumerate() {
            if before.id.kind != after.id.kind || before.id.group() != after.id.group() {
                continue;
            }
            let share = (0..2)
                .map(|way| alike(&old[left][way], &new[right][way]))
                .max()
                .unwrap_or(0);
            // Small objects are soon alike; their names have to be, too.
            let is_named_alike = old[left][0].len().min(new[right][0].len()) > 4
                || before.id.name == after.id.name
                || shares_a_word(&before.id.name, &after.id.name);
            if share >= ALIKE && is_named_alike {
                let same_name = before.id.name == after.id.name;
                candidates.push((share, same_name, left, right));
            }
        }
    }
    candidates.sort_by(|left, right| right.cmp(left));
    let (mut taken_old, mut taken_new) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, _, left, right) in candidates {
        if !taken_old.contains(&left) && !taken_new.contains(&right) {
            taken_old.insert(left);
            taken_new.insert(right);
            pairs.push(Pair::Renamed(removed[left], added[right]));
        }
    }
    keep(removed, &taken_old);
    keep(added, &taken_new);
    pairs
}

fn keep<T>(list: &mut Vec<T>, taken: &BTreeSet<usize>) {
    let mut place = 0;
    list.retain(|_| {
        place += 1;
        !taken.contains(&(place - 1))
    });
}

fn shares_a_word(left: &str, right: &str) -> bool {
    let words: BTreeSet<&str> = left.split(['-', '.']).collect();
    right.split(['-', '.']).any(|word| words.contains(word))
}

/// The values of an object with their paths; where asked for, its own name is blotted out wherever it comes.
fn leaves(document: &Document, blots: bool) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let namespace = document.id.namespace.as_deref().unwrap_or("\u{0}");
    let names = if blots {
        [document.id.name.as_str(), namespace]
    } else {
        ["\u{0}"; 2]
    };
    if let Some(fields) = document.value.as_object() {
        for (name, value) in fields {
            if name != "apiVersion" && name != "kind" {
                collect(value, name, &names, &mut found);
            }
        }
    }
    found
}

fn collect(value: &Json, path: &str, names: &[&str; 2], found: &mut BTreeSet<String>) {
    match value {
        Json::Object(fields) => {
            for (name, value) in fields {
                collect(value, &format!("{path}.{name}"), names, found);
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &format!("{path}[{index}]"), names, found);
            }
        }
        Json::String(text) => {
            let text = text.replace(names[0], "\u{1}").replace(names[1], "\u{2}");
            found.insert(format!("{path}={text}"));
        }
        scalar => {
            found.insert(format!("{path}={scalar}"));
        }
    }
}

/// The share of equal values, in percent.
fn alike(left: &BTreeSet<String>, right: &BTreeSet<String>) -> usize {
    let common = left.intersection(right).count();
    let all = left.len() + right.len() - common;
    (common * 100).checked_div(all).unwrap_or(100)
}
