//! The shapes of a group: what its schemas say, reduced to what becomes Rust, each different one kept once.

use std::collections::{BTreeMap, BTreeSet};

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Type {
    Boolean,
    Int32,
    Int64,
    Float,
    Text,
    /// Any JSON value.
    Any,
    /// A type of k8s-openapi, by its path.
    Core(String),
    List(Box<Type>),
    Map(Box<Type>),
    Shape(ShapeId),
}

impl Type {
    /// The shape that the type is made of, inside lists and maps.
    pub(crate) fn shape(&self) -> Option<ShapeId> {
        match self {
            Self::Shape(id) => Some(*id),
            Self::List(item) | Self::Map(item) => item.shape(),
            _ => None,
        }
    }
}

/// A field of a struct.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Field {
    /// The name in YAML.
    pub(crate) wire: String,
    /// The name in Rust.
    pub(crate) rust: String,
    /// What the name adds to the name of a type inside it, `Route` for `routes`.
    pub(crate) word: String,
    /// The type when there is a value.
    pub(crate) type_: Type,
    /// Whether there always is a value.
    pub(crate) required: bool,
}

/// The fields of a struct.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Object {
    /// The last word of the name: only structs of one name are shared.
    pub(crate) word: String,
    pub(crate) fields: Vec<Field>,
    /// The Rust name of the field that holds what the schema allows without naming it.
    pub(crate) rest: Option<String>,
}

/// A closed set of strings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Choice {
    /// The last word of the name: only sets of one name are shared.
    pub(crate) word: String,
    /// Rust name and value, in the order of the schema.
    pub(crate) variants: Vec<(String, String)>,
    /// The index of the variant that `Default` gives.
    pub(crate) default: usize,
}

/// What becomes a struct or an enum.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    Object(Object),
    Choice(Choice),
}

/// A place in [`Shapes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ShapeId(usize);

/// Where a shape is used. Ordered so that the least place is the one that names the type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Index of the version in the group, the most stable one first.
    pub(crate) version: usize,
    depth: usize,
    pub(crate) kind: String,
    /// What the fields on the way add to the name.
    pub(crate) words: Vec<String>,
    /// The fields on the way as in `spec.http[].route`.
    pub(crate) path: String,
}

impl Place {
    /// The kind itself.
    pub(crate) fn root(version: usize, kind: &str) -> Self {
        Self {
            version,
            depth: 0,
            kind: kind.to_owned(),
            words: Vec::new(),
            path: String::new(),
        }
    }

    /// A field of the object at this place.
    pub(crate) fn field(&self, wire: &str, word: &str) -> Self {
        let mut place = self.clone();
        place.depth += 1;
        place.words.push(word.to_owned());
        if !place.path.is_empty() {
            place.path.push('.');
        }
        place.path.push_str(wire);
        place
    }

    /// What the last field on the way adds to the name; empty at the kind itself.
    pub(crate) fn last_word(&self) -> String {
        self.words.last().cloned().unwrap_or_default()
    }

    /// The items of the list or the values of the map at this place.
    pub(crate) fn inside(&self, mark: &str) -> Self {
        Self {
            path: format!("{}{mark}", self.path),
            ..self.clone()
        }
    }
}

/// Every shape of a group, each once.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    known: Vec<Shape>,
    index: BTreeMap<Shape, ShapeId>,
    places: Vec<BTreeSet<Place>>,
}

impl Shapes {
    /// Keeps a shape that is used at `place`.
    pub(crate) fn intern(&mut self, shape: Shape, place: Place) -> ShapeId {
        let id = *self.index.entry(shape.clone()).or_insert_with(|| {
            self.known.push(shape);
            self.places.push(BTreeSet::new());
            ShapeId(self.known.len() - 1)
        });
        self.places[id.0].insert(place);
        id
    }

    pub(crate) fn get(&self, id: ShapeId) -> &Shape {
        &self.known[id.0]
    }

    /// The place that names the shape.
    pub(crate) fn place(&self, id: ShapeId) -> Option<&Place> {
        self.places[id.0].first()
    }

    /// Every shape with the place that names it.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (ShapeId, &Shape, &Place)> {
        self.known
            .iter()
            .zip(&self.places)
            .enumerate()
            .filter_map(|(index, (shape, places))| Some((ShapeId(index), shape, places.first()?)))
    }
}
