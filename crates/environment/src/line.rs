//! Cuts the part of a line that an excerpt shows, and measures where the mark goes.

use crate::origin::{Files, Origin};
use crate::width;

/// Most columns of a line that are shown.
const SHOWN: usize = 100;
/// Columns left of the mark that stay when a line is cut.
const LEAD: usize = 30;
/// Bytes on either side of a mark that are looked at: what is shown comes out of them, and a line of a mebibyte costs no
/// more than any other.
const WINDOW: usize = 1024;

/// A line ready to be printed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// The text, with `…` where it was cut.
    pub(crate) text: String,
    /// Columns before the mark.
    pub(crate) before: usize,
    /// Columns of the mark, at least 1.
    pub(crate) marked: usize,
    cut: bool,
}

impl Line {
    /// The line that an origin starts on; a mark that goes over several lines ends with the first.
    pub(crate) fn of(files: &Files, origin: &Origin) -> Option<Self> {
        let text = &files.get(origin.file)?.text;
        let start = origin.start as usize;
        let before = text.get(text.ceil_char_boundary(start.saturating_sub(WINDOW))..start)?;
        let line_start = start - before.len()
            + before
                .rfind(['\n', '\r'])
                .map_or(0, |position| position + 1);
        let rest = text.get(start..text.floor_char_boundary(start.saturating_add(WINDOW)))?;
        let line_end = start + rest.find(['\n', '\r']).unwrap_or(rest.len());
        let mark_end = (origin.end as usize).clamp(start, line_end);
        let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        // A byte order mark takes no column in an editor.
        let head = part(line_start, start).trim_start_matches('\u{FEFF}');
        let marked = part(start, mark_end).trim_end();
        Some(Self::cut(
            head,
            marked,
            part(start + marked.len(), line_end),
        ))
    }

    /// Whether something of the line is left out.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut
    }

    fn cut(head: &str, marked: &str, tail: &str) -> Self {
        let whole = columns(head) + columns(marked) + columns(tail.trim_end());
        if whole <= SHOWN {
            let text = width::harmless(&format!("{head}{marked}{tail}"));
            return Self {
                text: text.trim_end().to_owned(),
                before: columns(head),
                marked: columns(marked).max(1),
                cut: false,
            };
        }
        let (shown_head, head_cut) = if columns(head) > LEAD {
            (last(head, LEAD), true)
        } else {
            (head, false)
        };
        let before = columns(shown_head) + usize::from(head_cut);
        let shown_mark = first(marked, SHOWN.saturating_sub(before));
        let shown_tail = first(tail, SHOWN.saturating_sub(before + columns(shown_mark)));
        let tail_cut = shown_mark.len() < marked.len() || shown_tail.len() < tail.len();
        let (left, right) = (
            if head_cut { "…" } else { "" },
            if tail_cut { "…" } else { "" },
        );
        let text = format!(
            "{left}{}{right}",
            width::harmless(&format!("{shown_head}{shown_mark}{shown_tail}"))
        );
        Self {
            text,
            before,
            marked: columns(shown_mark).max(1),
            cut: true,
        }
    }
}

fn columns(text: &str) -> usize {
    text.chars()
        .map(|character| width::of(width::shown(character)))
        .sum()
}

/// The longest start of a text that fits.
fn first(text: &str, room: usize) -> &str {
    let mut used = 0;
    for (position, character) in text.char_indices() {
        used += width::of(width::shown(character));
        if used > room {
            return text.get(..position).unwrap_or_default();
        }
    }
    text
}

/// The longest end of a text that fits.
fn last(text: &str, room: usize) -> &str {
    let mut used = 0;
    for (position, character) in text.char_indices().rev() {
        used += width::of(width::shown(character));
        if used > room {
            return text
                .get(position + character.len_utf8()..)
                .unwrap_or_default();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, word: &str) -> Line {
        let mut files = Files::default();
        let file = files.add("x.yaml", text);
        let start = u32::try_from(text.find(word).unwrap()).unwrap();
        let end = start + u32::try_from(word.len()).unwrap();
        Line::of(
            &files,
            &Origin {
                file,
                start,
                end,
                line: 1,
                column: 1,
            },
        )
        .unwrap()
    }

    #[test]
    fn the_mark_is_as_wide_as_what_it_marks() {
        let line = marked("name: 漢字 é\nnext", "漢字");
        assert_eq!(
            (line.text.as_str(), line.before, line.marked),
            ("name: 漢字 é", 6, 4)
        );
        assert_eq!(
            marked("a:\tb\r\n", "b"),
            Line {
                text: "a: b".to_owned(),
                before: 3,
                marked: 1,
                cut: false
            }
        );
    }

    #[test]
    fn a_mark_over_several_lines_ends_with_the_first() {
        let line = marked("key: one  \n  two", "one  \n  two");
        assert_eq!(
            (line.text.as_str(), line.before, line.marked),
            ("key: one", 5, 3)
        );
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let text = format!("{} needle {}", "a".repeat(500), "b".repeat(500));
        let line = marked(&text, "needle");
        assert!(line.is_cut());
        assert_eq!((line.before, line.marked), (31, 6));
        assert_eq!(columns(&line.text), 102 - 1);
        assert!(line.text.starts_with("…a") && line.text.ends_with("b…"));
        assert!(line.text.contains(" needle "));

        let line = marked(&"漢".repeat(500), &"漢".repeat(500));
        assert_eq!((line.before, line.marked), (0, 100));
    }
}
