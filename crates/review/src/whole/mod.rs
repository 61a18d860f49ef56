//! What the change means for the environment as a whole.

mod alerts;
mod backups;
mod capacity;
mod entries;
mod paths;
mod privileges;
mod rights;
mod sizes;
mod versions;

use check::Document;
use serde_json::Value as Json;

use crate::effect::Around;
use crate::model::{Direction, Edge, Topic, WholeChange};
use crate::pair::Pair;

/// An object before and after, as far as it is there.
#[derive(Clone, Copy)]
pub(crate) struct Both<'t> {
    pub(crate) old: Option<&'t Document>,
    pub(crate) new: Option<&'t Document>,
}

impl<'t> Both<'t> {
    fn of(pair: &Pair<'t>) -> Self {
        match *pair {
            Pair::Added(new) => Self {
                old: None,
                new: Some(new),
            },
            Pair::Removed(old) => Self {
                old: Some(old),
                new: None,
            },
            Pair::Same(old, new) | Pair::Renamed(old, new) => Self {
                old: Some(old),
                new: Some(new),
            },
        }
    }

    /// The object that is there, after the change where it is there then.
    fn any(&self) -> Option<&'t Document> {
        self.new.or(self.old)
    }
}

/// All that differs in the whole, by topic.
pub(crate) fn changes(around: &Around<'_>, pairs: &[Pair<'_>]) -> (Vec<WholeChange>, Vec<Edge>) {
    let both: Vec<Both<'_>> = pairs.iter().map(Both::of).collect();
    let mut found = Vec::new();
    for both in &both {
        privileges::compare(both, &mut found);
        versions::compare(both, &mut found);
        alerts::compare(both, &mut found);
        entries::compare(both, &mut found);
    }
    let edges = paths::compare(around, &both, &mut found);
    capacity::compare(around, &both, &mut found);
    rights::compare(around, &both, &mut found);
    backups::compare(around, &both, &mut found);
    sizes::compare(around, &both, &mut found);
    found.sort_by(|left, right| {
        let key = |change: &WholeChange| (change.topic, change.direction, change.text.clone());
        key(left).cmp(&key(right))
    });
    found.dedup();
    (found, edges)
}

/// Adds a difference.
fn tell(found: &mut Vec<WholeChange>, topic: Topic, direction: Direction, text: String) {
    found.push(WholeChange {
        topic,
        direction,
        text,
    });
}

/// The pod specification of a workload, and how people call it.
fn pods(document: &Document) -> Option<&Json> {
    const PLACES: [&str; 3] = [
        "/spec/jobTemplate/spec/template/spec",
        "/spec/template/spec",
        "/spec",
    ];
    let places = PLACES
        .iter()
        .filter_map(|place| document.value.pointer(place));
    places
        .into_iter()
        .find(|spec| spec.get("containers").is_some_and(Json::is_array))
}

/// The items of a list in a value.
fn items<'j>(value: &'j Json, name: &str) -> impl Iterator<Item = &'j Json> {
    value
        .get(name)
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
}

/// Text at a place in a value.
fn text<'j>(value: &'j Json, pointer: &str) -> Option<&'j str> {
    value.pointer(pointer).and_then(Json::as_str)
}

/// A group of an environment's objects differs: whether any of these kinds is among the changes.
fn touches(both: &[Both<'_>], groups: &[&str], kinds: &[&str]) -> bool {
    both.iter().filter_map(Both::any).any(|document| {
        kinds.contains(&document.id.kind.as_ref()) || groups.contains(&document.id.group())
    })
}
