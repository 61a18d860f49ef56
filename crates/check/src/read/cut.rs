//! Cuts a text into its documents, so that each can be read by itself.

use serde_json::Value;

use super::place::{Forgotten, Kept, Place};
use super::{Unreadable, builder, quick};

/// One document of a text.
#[derive(Clone, Copy)]
pub(super) struct Cut<'t> {
    /// The text from its beginning on.
    rest: &'t str,
    /// How many bytes of that belong to it.
    length: usize,
    /// The number of its first line.
    pub(super) line: u32,
}

/// What was read of a text.
pub(super) struct Piece<'t> {
    pub(super) text: &'t str,
    pub(super) values: Vec<(Value, Vec<Unreadable>)>,
    pub(super) fault: Option<Unreadable>,
    /// Whether nothing of the file is left.
    pub(super) is_last: bool,
}

/// The documents of a text. Wherever it stands, a line of three dashes begins another one.
pub(super) fn cuts(text: &str) -> impl Iterator<Item = Cut<'_>> {
    let mut rest = text;
    let mut line = 1_u32;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let cut = Cut {
            rest,
            length: length(rest),
            line,
        };
        let ended = cut.text().bytes().filter(|byte| *byte == b'\n').count();
        line = line.saturating_add(u32::try_from(ended).unwrap_or(u32::MAX));
        rest = &rest[cut.length..];
        Some(cut)
    })
}

/// How many bytes there are before the next line of three dashes, the first line not counted.
fn length(text: &str) -> usize {
    const MARK: &str = "\n---";
    // Most files have one document, and this question is answered faster than the next.
    if !text.contains(MARK) {
        return text.len();
    }
    let ends_there = |(at, _): &(usize, &str)| {
        let behind = text[at + MARK.len()..].trim_start_matches(' ');
        behind.is_empty() || behind.starts_with('\n')
    };
    let next = text.match_indices(MARK).find(ends_there);
    next.map_or(text.len(), |(at, _)| at + 1)
}

impl<'t> Cut<'t> {
    fn text(&self) -> &'t str {
        &self.rest[..self.length]
    }

    /// Reads the document; where it cannot be told from what follows it, all of that too. `nodes` counts the values of
    /// the file.
    pub(super) fn read(&self, nodes: &mut usize) -> Piece<'t> {
        let text = self.text();
        let is_last = self.length == self.rest.len();
        if let Some(values) = quick::documents::<Forgotten>(text, self.line) {
            let values = values.into_iter().map(|(value, ())| (value, Vec::new()));
            return Piece {
                text,
                values: values.collect(),
                fault: None,
                is_last,
            };
        }
        // A directive speaks of the document after it.
        let has_directive = text.starts_with('%') || text.contains("\n%");
        if !is_last && !has_directive {
            let before = *nodes;
            let (parsed, fault) = builder::documents(text, self.line, nodes);
            if fault.is_none() {
                return Piece::of(text, parsed, fault, is_last);
            }
            *nodes = before;
        }
        let (parsed, fault) = builder::documents(self.rest, self.line, nodes);
        Piece::of(self.rest, parsed, fault, true)
    }
}

impl<'t> Piece<'t> {
    fn of(
        text: &'t str,
        parsed: Vec<builder::Parsed>,
        fault: Option<Unreadable>,
        is_last: bool,
    ) -> Self {
        let values = parsed.into_iter().map(|one| (one.value, one.twice));
        Self {
            text,
            values: values.collect(),
            fault,
            is_last,
        }
    }
}

/// The places of the documents of a text that was read by [`Cut::read`].
pub(super) fn places(text: &str, line: u32) -> Vec<Place> {
    if let Some(documents) = quick::documents::<Kept>(text, line) {
        return documents.into_iter().map(|(_, place)| place).collect();
    }
    let (parsed, _) = builder::documents(text, line, &mut 0);
    parsed.into_iter().map(|parsed| parsed.place).collect()
}

#[cfg(test)]
mod tests {
    use super::cuts;

    fn texts(text: &str) -> Vec<(u32, &str)> {
        cuts(text).map(|cut| (cut.line, cut.text())).collect()
    }

    #[test]
    fn a_line_of_three_dashes_begins_a_document() {
        assert_eq!(texts(""), []);
        assert_eq!(texts("a: b\n"), [(1, "a: b\n")]);
        assert_eq!(
            texts("---\na: b\n---  \nc: d\n\n---"),
            [(1, "---\na: b\n"), (3, "---  \nc: d\n\n"), (6, "---")]
        );
        let whole = "a: |\n  ---\n---b: c\n--- d\n----\n";
        assert_eq!(texts(whole), [(1, whole)]);
    }
}
