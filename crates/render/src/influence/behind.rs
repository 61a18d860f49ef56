//! Finds the value behind a field by halving: many values are changed at once, and only where that moves one of the fields
//! are they taken apart.
//!
//! A value that is named was changed alone, and the field moved. The price is a few dozen renders instead of one a value.

use std::collections::{BTreeMap, BTreeSet};

use environment::{Diagnostics, Environment, Place, Segment, Variation, Variations};
use serde_json::Value;

use super::difference::{FieldChange, differences};
use super::fields::{holds_others, is_below, plain};
use super::{Influence, Made, Movement};
use crate::pipeline::Objects;
use crate::tree::Placed;

/// How many renders a search may take. Where many fields are asked for that follow from many values, some are not found.
const RENDERS: usize = 240;
/// A value that moves no more objects than this is taken for the one that a field is written from.
const NEAR: usize = 5;
/// How many texts are tried in the place of one value.
const TEXTS: usize = 8;
/// How many values are tried one by one, of those that cannot be changed together with others.
const ALONE: usize = 40;
/// How many names of the environment are tried for one object.
const NAMES: usize = 4;

/// A field of an object that somebody asks about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    /// The file of the object, relative to the folder of the environment.
    pub file: String,
    /// The field; empty for the object as a whole.
    pub path: String,
    /// Which line of the field, counted from 1, where the field is a text of several lines; 0 for all of it.
    pub line: u32,
}

impl Influence {
    /// The value of the environment's files behind each field: of those that move it, the one that moves the fewest objects.
    ///
    /// A field that holds others, and an object as a whole, follow from the name in the environment that the object is named
    /// for. `None` where the component says it, or where it was not found in time.
    pub fn behind(&self, asked: &[Asked]) -> Vec<Option<Place>> {
        let places = self.places();
        let mut search = Search {
            influence: self,
            asked,
            renders: RENDERS,
            found: BTreeMap::new(),
        };
        let fields: Vec<usize> = (0..asked.len())
            .filter(|index| !asked[*index].path.is_empty())
            .collect();
        for round in rounds(&places, &Variations::of(&self.tree)) {
            search.among(round, &fields);
        }
        let mut named = BTreeMap::new();
        asked
            .iter()
            .enumerate()
            .map(|(index, asked)| match search.found.remove(&index) {
                Some(found) => Some(found.place),
                None if self.is_whole(asked) => named
                    .entry(asked.file.as_str())
                    .or_insert_with(|| self.name_behind(&asked.file, &places))
                    .clone(),
                None => None,
            })
            .collect()
    }

    /// Whether it is asked for the object as a whole, or for a field that holds others.
    fn is_whole(&self, asked: &Asked) -> bool {
        let made = self.made.get(&asked.file);
        asked.path.is_empty() || made.is_some_and(|made| holds_others(&made.value, &asked.path))
    }

    /// The name in the environment that an object is named for: with another name there, the object has another one.
    fn name_behind(&self, file: &str, places: &[Place]) -> Option<Place> {
        let made = self.made.get(file)?;
        let variations = Variations::of(&self.tree);
        let mut names: Vec<&Place> = places
            .iter()
            .filter(|place| place.is_name && is_part_of(last_name(place), &made.id.name))
            .collect();
        names.sort_by_key(|place| std::cmp::Reverse(last_name(place).len()));
        let vanishes = |place: &&&Place| {
            let renamed = variations.at(place).into_iter().flatten();
            let renamed = renamed.filter(|variation| matches!(variation, Variation::Name(_)));
            let trial = renamed
                .into_iter()
                .find_map(|variation| self.attempt(place, variation).ok());
            trial.is_some_and(|trial| {
                let mut moved = trial.moved.iter();
                moved.any(|moved| moved.file == file && moved.movement == Movement::Vanishes)
            })
        };
        names.iter().take(NAMES).find(vanishes).copied().cloned()
    }
}

/// The last step of the way to a name.
fn last_name(place: &Place) -> &str {
    match place.path.segments().last() {
        Some(Segment::Key(name)) => name,
        _ => "",
    }
}

/// Whether a name is another one, or begins it.
fn is_part_of(name: &str, whole: &str) -> bool {
    let rest = whole.strip_prefix(name);
    !name.is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// A value, and the texts that may stand in its place.
struct Probe<'p> {
    place: &'p Place,
    texts: Vec<String>,
    /// The text that is tried.
    next: usize,
}

impl Probe<'_> {
    fn text(&self) -> &str {
        self.texts.get(self.next).map_or("", String::as_str)
    }
}

/// The values by the sides that they have: those of a round can be changed together. The texts of the last resort come last.
fn rounds<'p>(places: &'p [Place], variations: &Variations<'_>) -> Vec<Vec<Probe<'p>>> {
    let mut rounds: Vec<Vec<Probe<'p>>> = Vec::new();
    for place in places.iter().filter(|place| !place.is_name) {
        let mut groups: Vec<Vec<String>> = variations.at(place).into_iter().map(texts).collect();
        let last = groups.pop().unwrap_or_default();
        groups.retain(|texts| !texts.is_empty());
        match groups.first_mut() {
            Some(first) => first.extend(last),
            None => groups.push(last),
        }
        for (round, texts) in groups.into_iter().enumerate() {
            if texts.is_empty() {
                continue;
            }
            if rounds.len() == round {
                rounds.push(Vec::new());
            }
            rounds[round].push(Probe {
                place,
                texts: texts.into_iter().take(TEXTS).collect(),
                next: 0,
            });
        }
    }
    rounds
}

/// What can be changed without moving the places of others.
fn texts(variations: Vec<Variation>) -> Vec<String> {
    let text = |variation| match variation {
        Variation::Text(text) => Some(text),
        Variation::Name(_) | Variation::Removal => None,
    };
    variations.into_iter().filter_map(text).collect()
}

/// Where the mistakes are.
fn blamed(mistakes: &Diagnostics) -> BTreeSet<(u32, u32)> {
    let origins = mistakes
        .sorted()
        .into_iter()
        .map(|mistake| mistake.primary.origin);
    origins.map(|origin| (origin.file, origin.start)).collect()
}

/// A value that moves a field, and how many objects it moves.
struct Found {
    reach: usize,
    place: Place,
}

struct Search<'a> {
    influence: &'a Influence,
    asked: &'a [Asked],
    /// How many renders are left.
    renders: usize,
    /// By the position of the field among those asked for.
    found: BTreeMap<usize, Found>,
}

impl Search<'_> {
    /// Looks for what moves the fields among some values.
    fn among(&mut self, probes: Vec<Probe<'_>>, fields: &[usize]) {
        if fields.is_empty() || self.renders == 0 {
            return;
        }
        let all = probes.len();
        let mut left = Vec::new();
        if let Some((probes, environment)) = self.valid(probes, &mut left) {
            self.rendered(probes, &environment, fields);
        }
        // What could not stand beside the others may stand without them.
        let open = self.open(fields);
        if left.len() < all {
            self.among(left, &open);
        } else if all > ALONE {
            self.halves(left, &open);
        } else if all > 1 {
            self.one_by_one(left, open);
        }
    }

    /// Looks at values that no others can be changed with, those first that are named like the objects.
    fn one_by_one(&mut self, mut probes: Vec<Probe<'_>>, mut fields: Vec<usize>) {
        let ids = fields
            .iter()
            .filter_map(|index| self.influence.made.get(&self.asked[*index].file));
        let names: BTreeSet<&str> = ids
            .flat_map(|made| [Some(made.id.name.as_str()), made.id.namespace.as_deref()])
            .flatten()
            .collect();
        probes.sort_by_cached_key(|probe| {
            let mut keys = probe.place.path.segments().iter();
            let is_akin = keys.any(|key| match key {
                Segment::Key(key) => names.iter().any(|name| is_part_of(key, name)),
                Segment::Index(_) => false,
            });
            !is_akin
        });
        for probe in probes.into_iter().take(ALONE) {
            if fields.is_empty() {
                return;
            }
            self.among(vec![probe], &fields);
            fields = self.open(&fields);
        }
    }

    /// The fields of which nothing near was found so far.
    fn open(&self, fields: &[usize]) -> Vec<usize> {
        let is_far = |index: &usize| {
            let found = self.found.get(index);
            found.is_none_or(|found| found.reach > NEAR)
        };
        fields.iter().copied().filter(is_far).collect()
    }

    /// The environment with as many of the values changed as can be changed together; the others go to `left`.
    fn valid<'p>(
        &self,
        mut probes: Vec<Probe<'p>>,
        left: &mut Vec<Probe<'p>>,
    ) -> Option<(Vec<Probe<'p>>, Environment)> {
        while !probes.is_empty() {
            let texts = probes.iter().map(|probe| (&probe.place.path, probe.text()));
            let tree = self.influence.tree.with_texts(texts)?;
            let mistakes = match environment::read(&tree, self.influence.files.clone()) {
                Ok(environment) => return Some((probes, environment)),
                Err(mistakes) => blamed(&mistakes),
            };
            let is_alone = probes.len() == 1;
            let is_wrong = |probe: &Probe<'_>| {
                let origin = &probe.place.origin;
                let inside = (origin.file, origin.start)..=(origin.file, origin.end);
                is_alone || mistakes.range(inside).next().is_some()
            };
            if probes.iter().any(is_wrong) {
                let mut next = Vec::with_capacity(probes.len());
                for probe in probes {
                    if !is_wrong(&probe) {
                        next.push(probe);
                    } else if probe.next + 1 < probe.texts.len() {
                        let at = probe.next + 1;
                        next.push(Probe { next: at, ..probe });
                    } else {
                        left.push(Probe { next: 0, ..probe });
                    }
                }
                probes = next;
            } else {
                left.extend(probes.split_off(probes.len() / 2));
            }
        }
        None
    }

    fn rendered(&mut self, probes: Vec<Probe<'_>>, environment: &Environment, fields: &[usize]) {
        self.renders -= 1;
        let influence = self.influence;
        let objects = Objects::of(&influence.name, environment);
        let Ok(placed) = objects.placed() else {
            return self.halves(probes, fields);
        };
        let is_alone = probes.len() == 1;
        let moved: Vec<usize> = self.moved(&placed, fields, is_alone);
        if moved.is_empty() {
            return;
        }
        match probes.as_slice() {
            [probe] => {
                let reach = influence.moved(&placed).len();
                for field in moved {
                    let found = Found {
                        reach,
                        place: probe.place.clone(),
                    };
                    let nearest = self
                        .found
                        .get(&field)
                        .is_none_or(|known| reach < known.reach);
                    if nearest {
                        self.found.insert(field, found);
                    }
                }
            }
            _ => self.halves(probes, &moved),
        }
    }

    fn halves(&mut self, mut probes: Vec<Probe<'_>>, fields: &[usize]) {
        if probes.len() > 1 {
            let second = probes.split_off(probes.len() / 2);
            self.among(probes, fields);
            self.among(second, fields);
        }
    }

    /// Which of the fields have other values. An object that is gone says nothing of one value, but hides what others do.
    fn moved(&self, placed: &[Placed<'_>], fields: &[usize], is_alone: bool) -> Vec<usize> {
        let mut by_file: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for index in fields {
            by_file
                .entry(self.asked[*index].file.as_str())
                .or_default()
                .push(*index);
        }
        let mut moved = Vec::new();
        for (file, indices) in by_file {
            let Some(before) = self.influence.made.get(file) else {
                continue;
            };
            let after = placed.binary_search_by(|placed| placed.path.as_str().cmp(file));
            match after.ok().and_then(|position| placed.get(position)) {
                Some(after) => {
                    let changes = differences(&before.value, &after.manifest.value());
                    let has_other = |index: &usize| is_moved(&self.asked[*index], before, &changes);
                    moved.extend(indices.into_iter().filter(has_other));
                }
                None if !is_alone => moved.extend(indices),
                None => {}
            }
        }
        moved
    }
}

/// Whether a field is among the changes of its object.
fn is_moved(asked: &Asked, before: &Made, changes: &[FieldChange]) -> bool {
    let field = plain(&asked.path);
    let has_parts = holds_others(&before.value, &asked.path);
    changes.iter().any(|change| {
        let other = plain(&change.path);
        let is_it = is_below(&field, &other) || !has_parts && is_below(&other, &field);
        is_it && line_moved(change, asked.line)
    })
}

/// Whether a line of a text is gone; what is no text of several lines has moved as a whole.
fn line_moved(change: &FieldChange, line: u32) -> bool {
    let (Some(Value::String(before)), Some(Value::String(after))) = (&change.before, &change.after)
    else {
        return true;
    };
    let line = usize::try_from(line)
        .ok()
        .and_then(|line| before.lines().nth(line.checked_sub(1)?));
    line.is_none_or(|line| !after.lines().any(|other| other == line))
}
