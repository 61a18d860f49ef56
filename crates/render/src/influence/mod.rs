//! Finds out what depends on what: renders an environment again with one value changed, and looks at what moved.
//!
//! Nothing is guessed from names or equal values. A value of an environment file is behind a field exactly if some other
//! valid value in its place gives the field another value.

mod behind;
mod difference;
mod fields;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::panic::Location;

use check::parallel::ordered;
use environment::{Diagnostics, Files, Node, Place, Sources, Variation, Variations};
use manifest::ResourceId;
use names::KubernetesMinor;
use serde_json::Value;

pub use behind::Asked;
pub use difference::{FieldChange, below};
pub use fields::{is_below, plain};

use crate::error::Clash;
use crate::pipeline::Objects;
use crate::tree::Placed;
use difference::differences;

/// An environment, and what it renders to as it is.
#[derive(Debug)]
pub struct Influence {
    name: String,
    kubernetes: KubernetesMinor,
    tree: Node,
    files: Files,
    made: BTreeMap<String, Made>,
    runbook: String,
}

/// Why nothing can be said of an environment.
#[derive(Debug)]
pub enum NotRendered {
    /// Its file has mistakes.
    Invalid(Diagnostics),
    /// Objects of it that want the same file.
    Clashes(Vec<Clash>),
}

impl From<Diagnostics> for NotRendered {
    fn from(diagnostics: Diagnostics) -> Self {
        Self::Invalid(diagnostics)
    }
}

/// Why something else cannot stand at a place.
#[derive(Debug)]
pub enum Refused {
    /// There is no plain value that could be another one.
    NoScalar,
    /// The environment would have mistakes.
    Invalid(Diagnostics),
    /// Two objects would have one identity.
    Clashes,
}

/// One object of the environment.
#[derive(Clone, Debug)]
pub struct Made {
    /// What it is.
    pub id: ResourceId,
    /// The Rust line that made it.
    pub origin: &'static Location<'static>,
    /// The whole object.
    pub value: Value,
    text: String,
}

/// What came of one change of a value.
#[derive(Clone, Debug)]
pub struct Trial {
    /// What stood there instead.
    pub variation: Variation,
    /// The objects that moved, by file.
    pub moved: Vec<Moved>,
    /// Whether no object moved and the runbook did.
    pub moved_runbook: bool,
}

/// An object that another value changes.
#[derive(Clone, Debug)]
pub struct Moved {
    /// Its file, relative to the folder of the environment.
    pub file: String,
    /// What it is.
    pub id: ResourceId,
    /// How it moves.
    pub movement: Movement,
}

/// How an object moves.
#[derive(Clone, Debug, PartialEq)]
pub enum Movement {
    /// It is there with the other value only.
    Appears,
    /// It is not there with the other value.
    Vanishes,
    /// These fields have other values.
    Changes(Vec<FieldChange>),
}

/// A place of the environment file, and what the other values did that were tried there.
#[derive(Clone, Debug)]
pub struct Traced {
    /// The place.
    pub place: Place,
    /// What was tried with success; empty where no other value is valid by itself.
    pub trials: Vec<Trial>,
}

impl Traced {
    /// Whether this is a value for which others are valid, and none of them changes an object or the runbook. What can only
    /// be left out, as it is empty, is no such value.
    pub fn moves_nothing(&self) -> bool {
        let is_other = |trial: &Trial| matches!(trial.variation, Variation::Text(_));
        let moves = |trial: &Trial| trial.moved_runbook || !trial.moved.is_empty();
        !self.place.is_name && self.trials.iter().any(is_other) && !self.trials.iter().any(moves)
    }
}

impl Influence {
    /// Renders an environment as it is.
    pub fn of(name: &str, sources: &dyn Sources) -> Result<Self, NotRendered> {
        let (tree, files) = environment::load_tree(name, sources)?;
        let environment = environment::read(&tree, files.clone())?;
        let objects = Objects::of(name, &environment);
        let made = made(&objects.placed().map_err(NotRendered::Clashes)?);
        let runbook = objects.runbook(name, &environment);
        Ok(Self {
            runbook,
            name: name.to_owned(),
            kubernetes: environment.kubernetes,
            made,
            tree,
            files,
        })
    }

    /// The Kubernetes minor that the environment runs.
    pub fn kubernetes(&self) -> KubernetesMinor {
        self.kubernetes
    }

    /// The files that the environment is written in.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// The value at a place as it stands in the merged environment.
    pub fn value_at(&self, place: &Place) -> Option<&Node> {
        self.tree.at(&place.path)
    }

    /// The objects by file.
    pub fn objects(&self) -> &BTreeMap<String, Made> {
        &self.made
    }

    /// All places of the environment, in the order of its files.
    pub fn places(&self) -> Vec<Place> {
        environment::places(&self.tree)
    }

    /// What other values do at each of some places, on up to `threads` threads.
    pub fn trace(&self, places: &[Place], threads: NonZeroUsize) -> Vec<Traced> {
        let variations = Variations::of(&self.tree);
        let mut traced = ordered(
            threads,
            places.len(),
            || (),
            |(), index| self.trace_one(&places[index], &variations),
        );
        traced.sort_by_key(|traced| {
            let place = &traced.place;
            (place.origin.file, place.origin.start, place.is_name)
        });
        traced
    }

    fn trace_one(&self, place: &Place, variations: &Variations<'_>) -> Traced {
        let mut trials: Vec<Trial> = Vec::new();
        let groups = variations.at(place);
        let last = groups.len().saturating_sub(1);
        for (index, group) in groups.into_iter().enumerate() {
            // The last group is for values of which nothing is known but that others are valid.
            if index == last && !trials.is_empty() {
                break;
            }
            trials.extend(
                group
                    .into_iter()
                    .find_map(|variation| self.attempt(place, variation).ok()),
            );
        }
        Traced {
            place: place.clone(),
            trials,
        }
    }

    /// The values of the environment's own file for which others are valid, and none of these changes an object or the
    /// runbook; on up to `threads` threads. What an environment extends is judged with the environment whose file it is.
    pub fn idle(&self, threads: NonZeroUsize) -> Vec<Place> {
        let places = self.places();
        let is_own = |place: &&Place| !place.is_name && place.origin.file == 0;
        let values: Vec<&Place> = places.iter().filter(is_own).collect();
        let variations = Variations::of(&self.tree);
        let are_idle = ordered(
            threads,
            values.len(),
            || (),
            |(), index| self.is_idle(values[index], &variations),
        );
        let mut idle: Vec<Place> = values
            .into_iter()
            .zip(are_idle)
            .filter(|(_, is_idle)| *is_idle)
            .map(|(place, _)| place.clone())
            .collect();
        idle.sort_by_key(|place| (place.origin.file, place.origin.start));
        idle
    }

    /// Looks at one side of a value after the other, until one moves something.
    fn is_idle(&self, place: &Place, variations: &Variations<'_>) -> bool {
        let mut groups = variations.at(place);
        let last = groups.pop().unwrap_or_default();
        let mut is_tried = false;
        for group in groups.into_iter().chain([last]) {
            let is_other = |variation: &Variation| matches!(variation, Variation::Text(_));
            let mut others = group.into_iter().filter(is_other);
            match others.find_map(|variation| self.moves(place, &variation)) {
                Some(true) => return false,
                Some(false) => is_tried = true,
                None => {}
            }
        }
        is_tried
    }

    /// Whether anything changes with something else at a place; `None` where it cannot stand there.
    fn moves(&self, place: &Place, variation: &Variation) -> Option<bool> {
        let tree = variation.apply(&self.tree, &place.path)?;
        let environment = environment::read(&tree, self.files.clone()).ok()?;
        let objects = Objects::of(&self.name, &environment);
        let placed = objects.placed().ok()?;
        let mut text = String::new();
        let mut is_same = |placed: &Placed<'_>| {
            self.made.get(&placed.path).is_some_and(|before| {
                text.clear();
                placed.manifest.write_yaml(&mut text);
                text == before.text
            })
        };
        let is_same = placed.len() == self.made.len() && placed.iter().all(&mut is_same);
        Some(!is_same || objects.runbook(&self.name, &environment) != self.runbook)
    }

    /// Renders with something else at a place.
    pub fn attempt(&self, place: &Place, variation: Variation) -> Result<Trial, Refused> {
        let tree = variation
            .apply(&self.tree, &place.path)
            .ok_or(Refused::NoScalar)?;
        let environment = environment::read(&tree, self.files.clone()).map_err(Refused::Invalid)?;
        let objects = Objects::of(&self.name, &environment);
        let placed = objects.placed().map_err(|_| Refused::Clashes)?;
        let moved = self.moved(&placed);
        let moved_runbook =
            moved.is_empty() && objects.runbook(&self.name, &environment) != self.runbook;
        Ok(Trial {
            variation,
            moved,
            moved_runbook,
        })
    }

    fn moved(&self, placed: &[Placed<'_>]) -> Vec<Moved> {
        let mut moved = Vec::new();
        let mut add = |file: &str, id: &ResourceId, movement| {
            moved.push(Moved {
                file: file.to_owned(),
                id: id.clone(),
                movement,
            });
        };
        let mut text = String::new();
        for Placed { path, manifest, .. } in placed {
            match self.made.get(path) {
                None => add(path, manifest.id(), Movement::Appears),
                Some(before) => {
                    text.clear();
                    manifest.write_yaml(&mut text);
                    if text != before.text {
                        let changes = differences(&before.value, &manifest.value());
                        add(path, &before.id, Movement::Changes(changes));
                    }
                }
            }
        }
        let there: BTreeSet<&str> = placed.iter().map(|placed| placed.path.as_str()).collect();
        for (file, made) in &self.made {
            if !there.contains(file.as_str()) {
                add(file, &made.id, Movement::Vanishes);
            }
        }
        moved.sort_by(|left, right| left.file.cmp(&right.file));
        moved
    }
}

/// The objects of an environment by file.
fn made(placed: &[Placed<'_>]) -> BTreeMap<String, Made> {
    let made = placed.iter().map(|placed| {
        let made = Made {
            id: placed.manifest.id().clone(),
            origin: placed.manifest.origin(),
            value: placed.manifest.value(),
            text: placed.manifest.yaml(),
        };
        (placed.path.clone(), made)
    });
    made.collect()
}
