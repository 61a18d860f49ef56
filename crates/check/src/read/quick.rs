//! Reads the YAML that most manifests are written in: block mappings and lists, plain and quoted words on one line,
//! literal blocks.
//!
//! Several times as fast as the parser of all of YAML. Whatever is not surely of this kind is left to that one: this
//! reader either says the same or nothing.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::builder::Parsed;
use super::place::Place;
use super::scalar;

/// Values nested deeper than this are left to the other reader.
const DEPTH: usize = 60;

/// The documents of a text; nothing where another reader has to look.
pub(super) fn documents(text: &str) -> Option<Vec<Parsed>> {
    let is_plain = |byte: u8| byte == b'\n' || (b' '..=b'~').contains(&byte) || byte >= 0x80;
    let is_usual = |character: char| {
        !character.is_control() && !matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}'..)
    };
    if !text.bytes().all(is_plain)
        || (!text.is_ascii()
            && !text
                .chars()
                .all(|character| character == '\n' || is_usual(character)))
    {
        return None;
    }
    let mut reader = Reader {
        lines: text.split('\n').collect(),
        at: 0,
        opened: None,
        depth: 0,
    };
    let mut done = Vec::new();
    while let Some((indent, content)) = reader.peek() {
        if content == "---" && indent == 0 {
            reader.at += 1;
            continue;
        }
        if indent != 0 {
            return None;
        }
        let (value, place) = reader.mapping(0)?;
        done.push(Parsed {
            value,
            place,
            twice: Vec::new(),
        });
    }
    Some(done)
}

struct Reader<'t> {
    lines: Vec<&'t str>,
    /// The line that is read next.
    at: usize,
    /// What is left of that line behind a `- `, with its indent.
    opened: Option<(usize, &'t str)>,
    depth: usize,
}

type Node = (Value, Place);

impl<'t> Reader<'t> {
    /// Indent and content of the next line that has any.
    fn peek(&mut self) -> Option<(usize, &'t str)> {
        if self.opened.is_some() {
            return self.opened;
        }
        loop {
            let line = self.lines.get(self.at)?;
            let content = line.trim_matches(' ');
            if !content.is_empty() && !content.starts_with('#') {
                return Some((line.len() - line.trim_start_matches(' ').len(), content));
            }
            self.at += 1;
        }
    }

    /// Goes behind the present line.
    fn advance(&mut self) {
        self.opened = None;
        self.at += 1;
    }

    /// The number of the present line, from 1.
    fn number(&self) -> u32 {
        u32::try_from(self.at + 1).unwrap_or(u32::MAX)
    }

    fn mapping(&mut self, indent: usize) -> Option<Node> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let start = self.number();
        let mut values = Map::new();
        let mut places = BTreeMap::new();
        while let Some((found, content)) = self.peek() {
            if found != indent || (content == "---" && indent == 0) {
                if found > indent {
                    return None;
                }
                break;
            }
            let (key, rest) = key_of(content)?;
            let line = self.number();
            self.advance();
            let (value, place) = self.value(rest, indent, line)?;
            if places.insert(key.to_owned(), place).is_some() {
                return None;
            }
            values.insert(key.to_owned(), value);
        }
        self.depth -= 1;
        Some((Value::Object(values), Place::fields(start, places)))
    }

    /// What stands behind a key, or below it.
    fn value(&mut self, rest: &'t str, indent: usize, line: u32) -> Option<Node> {
        match rest {
            "" => {
                let (found, content) = match self.peek() {
                    Some(next) if next.0 >= indent => next,
                    _ => return Some((Value::Null, Place::leaf(line))),
                };
                let (value, place) = if content.starts_with("- ") {
                    self.sequence(found)?
                } else if found > indent {
                    self.mapping(found)?
                } else {
                    return Some((Value::Null, Place::leaf(line)));
                };
                Some((value, place.on_line(line)))
            }
            "|" => self.literal(indent, line, true),
            "|-" => self.literal(indent, line, false),
            _ => self.scalar(rest, indent, line),
        }
    }

    fn sequence(&mut self, indent: usize) -> Option<Node> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let start = self.number();
        let (mut values, mut places) = (Vec::new(), Vec::new());
        while let Some((found, content)) = self.peek() {
            if found != indent {
                if found > indent {
                    return None;
                }
                break;
            }
            let Some(after) = content.strip_prefix("- ") else {
                if content.starts_with('-') && content != "---" {
                    return None;
                }
                break;
            };
            let inner = after.trim_start_matches(' ');
            let inside = indent + content.len() - inner.len();
            let line = self.number();
            let (value, place) = if inner.starts_with("- ") {
                return None;
            } else if key_of(inner).is_some() {
                self.opened = Some((inside, inner));
                self.mapping(inside)?
            } else {
                self.advance();
                self.scalar(inner, indent, line)?
            };
            values.push(value);
            places.push(place);
        }
        self.depth -= 1;
        Some((Value::Array(values), Place::items(start, places)))
    }

    /// A word on one line.
    fn scalar(&mut self, text: &str, indent: usize, line: u32) -> Option<Node> {
        // A word that goes on in the next line is left to the other reader.
        if self.peek().is_some_and(|(found, _)| found > indent) {
            return None;
        }
        let node = |value| Some((value, Place::leaf(line)));
        match text.as_bytes() {
            b"[]" => Some((Value::Array(Vec::new()), Place::items(line, Vec::new()))),
            b"{}" => Some((
                Value::Object(Map::new()),
                Place::fields(line, BTreeMap::new()),
            )),
            [quote @ (b'"' | b'\''), ..] => {
                let inner = text.get(1..text.len() - 1)?;
                let is_whole = text.len() >= 2
                    && text.ends_with(char::from(*quote))
                    && !inner.contains(char::from(*quote))
                    && !(*quote == b'"' && inner.contains('\\'));
                is_whole
                    .then(|| Value::String(inner.to_owned()))
                    .and_then(node)
            }
            [
                b'[' | b']' | b'{' | b'}' | b',' | b'&' | b'*' | b'!' | b'|' | b'>' | b'%' | b'@'
                | b'`' | b'#' | b'?' | b':',
                ..,
            ]
            | []
            | [b'-']
            | [b'-', b' ', ..] => None,
            _ if text.contains(": ") || text.contains(" #") || text.ends_with(':') => None,
            _ => node(scalar::plain(text).ok()?),
        }
    }

    /// A literal block; its last line ends, or does not.
    fn literal(&mut self, indent: usize, line: u32, ends: bool) -> Option<Node> {
        let mut text = String::new();
        let mut inside = None;
        let mut blank = 0;
        while let Some(raw) = self.lines.get(self.at) {
            let spaces = raw.len() - raw.trim_start_matches(' ').len();
            if spaces == raw.len() {
                if inside.is_none_or(|inside| spaces > inside) && spaces > 0 {
                    return None;
                }
                blank += 1;
                self.at += 1;
                continue;
            }
            let from = *inside.get_or_insert(spaces);
            if from <= indent {
                return None;
            }
            if spaces < from {
                break;
            }
            if !text.is_empty() {
                text.push('\n');
            }
            // Before the first line, empty ones count; after it, each is one more line.
            text.extend(std::iter::repeat_n('\n', blank));
            blank = 0;
            text.push_str(raw.get(from..)?);
            self.at += 1;
        }
        inside?;
        if ends {
            text.push('\n');
        }
        Some((Value::String(text), Place::leaf(line)))
    }
}

/// The key that a line begins with, and what stands behind it.
fn key_of(content: &str) -> Option<(&str, &str)> {
    let (key, rest) = match content.as_bytes().first()? {
        quote @ (b'"' | b'\'') => {
            let (key, rest) = content[1..].split_once(char::from(*quote))?;
            if key.contains('\\') {
                return None;
            }
            (key, rest)
        }
        first if first.is_ascii_alphanumeric() || b"_./".contains(first) => {
            let end = content.bytes().take_while(|byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'/' | b'-')
            });
            let (key, rest) = content.split_at(end.count());
            // Keys that are no texts are left to the other reader.
            if rest.starts_with(':') && !matches!(scalar::plain(key), Ok(Value::String(_))) {
                return None;
            }
            (key, rest)
        }
        _ => return None,
    };
    let rest = rest.strip_prefix(':')?;
    if rest.is_empty() {
        return Some((key, rest));
    }
    rest.starts_with(' ')
        .then(|| (key, rest.trim_start_matches(' ')))
}

#[cfg(test)]
mod tests {
    use super::documents;
    use crate::read::builder;

    /// What the reader of all of YAML makes of a text, and what this one does.
    fn both(text: &str) -> (String, Option<String>) {
        let (parsed, fault) = builder::documents(text);
        let parsed: Vec<_> = parsed
            .into_iter()
            .filter(|parsed| !parsed.value.is_null())
            .map(|parsed| (parsed.value, parsed.place, parsed.twice))
            .collect();
        let quick = documents(text).map(|parsed| {
            let parsed: Vec<_> = parsed
                .into_iter()
                .map(|parsed| (parsed.value, parsed.place, parsed.twice))
                .collect();
            format!("{parsed:?} None")
        });
        (format!("{parsed:?} {fault:?}"), quick)
    }

    #[test]
    fn manifests_are_read_as_by_the_reader_of_all_of_yaml() {
        for text in [
            "apiVersion: v1\nkind: A\nmetadata:\n  name: a\n  labels:\n    a.b/c: \"d e\"\nspec:\n  list:\n  - a\n  - 'b'\n  - name: c\n    port: 80\n    one: x\n",
            "# top\n---\na: 1\n\nb:\n  - x: y\n    z:\n      - 1.5\n      - -1\n---\nc: {}\nd: []\ne:\nf: ~\ng: 1e3\n",
            "data:\n  script: |\n    #!/bin/sh\n\n    if a; then\n      b\n    fi\n  other: |-\n    last\n\n  more: |\n\n    after blank\nend: true\n",
            "a:\n  b:\n  c: d   \n# comment\n  e: f\n",
            "url: https://example.com:8080/a#b\nimage: a:1\ntime: 12:30\ndash: -x\n",
            "a:\n- b: c\n  d:\n  - e\n  - f\ng: h\n",
            "a: |\n  x\nb: y\n---\nc: d",
            "a: ä – ö\n\"k v\": x\n",
        ] {
            let (all, quick) = both(text);
            assert_eq!(quick.as_deref(), Some(all.as_str()), "{text}");
        }
    }

    /// The YAML files below a folder.
    #[expect(clippy::disallowed_methods, reason = "the tests read what is there")]
    fn files(folder: &std::path::Path, found: &mut Vec<String>) {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            if path.is_dir() {
                files(&path, found);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "yaml")
            {
                found.extend(std::fs::read_to_string(path).ok());
            }
        }
    }

    #[test]
    fn every_file_of_the_project_is_read_alike() {
        let project = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut texts = Vec::new();
        for folder in ["crates/check/tests", "generated", "tests"] {
            files(&project.join(folder), &mut texts);
        }
        let mut quickly = 0;
        for text in &texts {
            let (all, quick) = both(text);
            quickly += usize::from(quick.is_some());
            assert!(quick.is_none_or(|quick| quick == all), "{text}");
        }
        // It would be no help if it read but few.
        assert!(quickly * 2 > texts.len(), "{quickly} of {}", texts.len());
    }

    #[test]
    fn what_is_not_sure_is_left_to_the_other_reader() {
        for text in [
            "a: &x 1\nb: *x\n",
            "a: b\n  c\n",
            "a: [1, 2]\n",
            "a: b # c\n",
            "a: 1\na: 2\n",
            "a: \"x\\n\"\n",
            "a: 'it''s'\n",
            "a: >\n  folded\n",
            "a:\tb\n",
            "1: a\n",
            "yes: a\n",
            "- a\n",
            "a: b: c\n",
            "a:\n  - - b\n",
            "a:\n  -\n    b: c\n",
            "a: !!str 1\n",
            "a: .inf\n",
            "  a: b\n",
            "a: |2\n    x\n",
            "a: b\n c: d\n",
            "a:\n    b: c\n  d: e\n",
            "--- a\n",
            "a: b\n...\n",
            "? a\n: b\n",
            "a: \"b\n  c\"\n",
            "a: @b\n",
            "<<: a\n",
        ] {
            let (all, quick) = both(text);
            assert!(quick.is_none_or(|quick| quick == all), "{text}");
        }
    }
}
