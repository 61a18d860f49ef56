//! The lines of an object's fields, looked for when they are first asked for.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::cut;
use super::place::Place;

/// Where the fields of an object stand in its file.
///
/// Nothing is wrong with most objects, so nobody asks where their fields stand; the text takes less room than the answer.
#[derive(Clone)]
pub struct Lines {
    text: Arc<Text>,
    /// Which document of the text it is.
    document: usize,
    /// Which item of a list it is that the document is, from the outside to the inside.
    items: Box<[usize]>,
}

/// The text of a document, or of several that cannot be told apart.
pub(super) struct Text {
    content: Box<str>,
    /// The number of the first line in the file.
    first: u32,
    places: OnceLock<Vec<Place>>,
}

impl Text {
    pub(super) fn new(text: &str, first: u32) -> Self {
        Self {
            content: text.into(),
            first,
            places: OnceLock::new(),
        }
    }
}

impl Lines {
    /// The lines of a text that holds one object.
    pub fn of(text: &str) -> Self {
        Self::new(Arc::new(Text::new(text, 1)), 0)
    }

    pub(super) fn new(text: Arc<Text>, document: usize) -> Self {
        Self {
            text,
            document,
            items: Box::default(),
        }
    }

    /// Those of an item of the list that these are the lines of.
    pub(super) fn item(&self, index: usize) -> Self {
        let items = self.items.iter().copied().chain([index]);
        Self {
            text: Arc::clone(&self.text),
            document: self.document,
            items: items.collect(),
        }
    }

    /// The line of a field as findings write it, `spec.containers[0].image`; of one that is not there, the line of what
    /// it would belong to.
    pub fn line_of(&self, path: &str) -> u32 {
        let text = &self.text;
        let read = || cut::places(&text.content, text.first);
        let Some(whole) = text.places.get_or_init(read).get(self.document) else {
            return text.first;
        };
        let mut place = whole;
        for index in &self.items {
            match place.field("items").and_then(|items| items.item(*index)) {
                Some(item) => place = item,
                None => return place.line_of("items"),
            }
        }
        place.line_of(path)
    }
}

impl PartialEq for Lines {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items
            && self.document == other.document
            && self.text.first == other.text.first
            && self.text.content == other.text.content
    }
}

impl Eq for Lines {}

impl fmt::Debug for Lines {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The text may hold what nobody should print.
        formatter
            .debug_struct("Lines")
            .field("first", &self.text.first)
            .finish_non_exhaustive()
    }
}
