//! Where each field of a document stands.

use std::collections::BTreeMap;

/// The line of a value, and those of the values in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    line: u32,
    inside: Inside,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Inside {
    Nothing,
    /// Sorted by key.
    Fields(Box<[(Box<str>, Place)]>),
    Items(Box<[Place]>),
}

impl Place {
    /// A scalar, or an empty value.
    pub(super) fn leaf(line: u32) -> Self {
        Self {
            line,
            inside: Inside::Nothing,
        }
    }

    /// A mapping.
    pub(super) fn fields(line: u32, fields: BTreeMap<String, Self>) -> Self {
        Self {
            line,
            inside: Inside::Fields(
                fields
                    .into_iter()
                    .map(|(key, place)| (key.into_boxed_str(), place))
                    .collect(),
            ),
        }
    }

    /// A list.
    pub(super) fn items(line: u32, items: Vec<Self>) -> Self {
        Self {
            line,
            inside: Inside::Items(items.into_boxed_slice()),
        }
    }

    /// The same, seen from another line: that of the key which it belongs to.
    pub(super) fn on_line(mut self, line: u32) -> Self {
        self.line = line;
        self
    }

    /// The fields of a mapping.
    pub(super) fn into_fields(self) -> BTreeMap<String, Self> {
        match self.inside {
            Inside::Fields(fields) => fields
                .into_iter()
                .map(|(key, place)| (key.into_string(), place))
                .collect(),
            Inside::Nothing | Inside::Items(_) => BTreeMap::new(),
        }
    }

    /// The line, counted from 1.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// The place of a field below, by its keys.
    pub fn at(&self, keys: &[&str]) -> Option<&Self> {
        keys.iter().try_fold(self, |place, key| place.field(key))
    }

    /// The place of a field.
    pub fn field(&self, key: &str) -> Option<&Self> {
        match &self.inside {
            Inside::Fields(fields) => {
                let found = fields.binary_search_by(|(known, _)| (**known).cmp(key));
                found.ok().map(|index| &fields[index].1)
            }
            Inside::Nothing | Inside::Items(_) => None,
        }
    }

    /// The place of an element.
    pub fn item(&self, index: usize) -> Option<&Self> {
        match &self.inside {
            Inside::Items(items) => items.get(index),
            Inside::Nothing | Inside::Fields(_) => None,
        }
    }

    /// The line of a field as findings write it, `spec.containers[0].image`; of one that is not there, the line of what
    /// it would belong to.
    pub fn line_of(&self, path: &str) -> u32 {
        let mut place = self;
        let mut rest = path;
        while !rest.is_empty() {
            let (step, after) = step(rest);
            let next = match step {
                Step::Field(name) => place.field(name),
                Step::Bracket(inner) => match inner.parse() {
                    Ok(index) if place.item(index).is_some() => place.item(index),
                    _ => place.field(inner),
                },
            };
            match next {
                Some(next) => place = next,
                None => break,
            }
            rest = after;
        }
        place.line
    }
}

/// What a reader keeps of the places of values.
pub(super) trait Track {
    /// Of a value.
    type Place;
    /// Of the fields of a mapping.
    type Fields: Default;
    /// Of the items of a list.
    type Items: Default;

    /// A scalar, or an empty value.
    fn leaf(line: u32) -> Self::Place;
    /// Adds a field.
    fn field(fields: &mut Self::Fields, key: &str, place: Self::Place);
    /// A mapping.
    fn fields(line: u32, fields: Self::Fields) -> Self::Place;
    /// Adds an item.
    fn item(items: &mut Self::Items, place: Self::Place);
    /// A list.
    fn items(line: u32, items: Self::Items) -> Self::Place;
    /// The same, seen from another line.
    fn on_line(place: Self::Place, line: u32) -> Self::Place;
}

/// Keeps all places.
pub(super) struct Kept;

impl Track for Kept {
    type Place = Place;
    type Fields = BTreeMap<String, Place>;
    type Items = Vec<Place>;

    fn leaf(line: u32) -> Place {
        Place::leaf(line)
    }

    fn field(fields: &mut Self::Fields, key: &str, place: Place) {
        fields.insert(key.to_owned(), place);
    }

    fn fields(line: u32, fields: Self::Fields) -> Place {
        Place::fields(line, fields)
    }

    fn item(items: &mut Self::Items, place: Place) {
        items.push(place);
    }

    fn items(line: u32, items: Self::Items) -> Place {
        Place::items(line, items)
    }

    fn on_line(place: Place, line: u32) -> Place {
        place.on_line(line)
    }
}

/// Keeps no place.
pub(super) struct Forgotten;

impl Track for Forgotten {
    type Place = ();
    type Fields = ();
    type Items = ();

    fn leaf(_: u32) {}
    fn field((): &mut (), _: &str, (): ()) {}
    fn fields(_: u32, (): ()) {}
    fn item((): &mut (), (): ()) {}
    fn items(_: u32, (): ()) {}
    fn on_line((): (), _: u32) {}
}

enum Step<'p> {
    /// `.name`
    Field(&'p str),
    /// `[0]` or `[a key with.dots/in it]`
    Bracket(&'p str),
}

/// The first step of a path, and what follows it.
fn step(path: &str) -> (Step<'_>, &str) {
    if let Some(inside) = path.strip_prefix('[') {
        let end = inside.find(']').unwrap_or(inside.len());
        let after = inside.get(end + 1..).unwrap_or_default();
        return (
            Step::Bracket(&inside[..end]),
            after.strip_prefix('.').unwrap_or(after),
        );
    }
    let end = path.find(['.', '[']).unwrap_or(path.len());
    let after = &path[end..];
    (
        Step::Field(&path[..end]),
        after.strip_prefix('.').unwrap_or(after),
    )
}
