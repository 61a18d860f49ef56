//! Reads the YAML that most manifests are written in: block mappings and lists, plain and quoted words on one line,
//! literal blocks.
//!
//! Many times as fast as the parser of all of YAML. Whatever is not surely of this kind is left to that one: this
//! reader either says the same or nothing.

use serde_json::{Map, Value};

use super::place::Track;
use super::scalar;

/// Values nested deeper than this are left to the other reader.
const DEPTH: usize = 60;

/// The documents of a text whose first line has this number in its file, each with what is kept of its places; nothing
/// where another reader has to look.
pub(super) fn documents<T: Track>(text: &str, first: u32) -> Option<Vec<(Value, T::Place)>> {
    if !is_usual(text) {
        return None;
    }
    let mut reader = Reader::<T> {
        text,
        at: 0,
        line: first,
        next: None,
        depth: 0,
        track: std::marker::PhantomData,
    };
    let mut done = Vec::new();
    while let Some(next) = reader.peek() {
        if next.content == "---" && next.indent == 0 {
            reader.advance();
            continue;
        }
        if next.indent != 0 {
            return None;
        }
        done.push(reader.mapping(0)?);
    }
    Some(done)
}

/// Whether there are only characters that both readers take, and no line ends but the usual ones.
fn is_usual(text: &str) -> bool {
    // Counted and not searched, because that is done for many bytes at once.
    let is_control = |byte: &u8| (*byte < b' ' && *byte != b'\n') || *byte == 0x7f;
    let controls = |part: &[u8]| {
        part.iter()
            .fold(false, |found, byte| found | is_control(byte))
    };
    let is_usual = |character: char| {
        !character.is_control() && !matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}'..)
    };
    !text.as_bytes().chunks(256).any(controls)
        && (text.is_ascii()
            || text
                .chars()
                .all(|character| character == '\n' || is_usual(character)))
}

/// A line that has any content, or what is left of it behind a `- `.
#[derive(Clone, Copy)]
struct Next<'t> {
    indent: usize,
    content: &'t str,
    /// Where the line after it begins.
    after: usize,
}

struct Reader<'t, T> {
    text: &'t str,
    /// Where the line begins that is read next.
    at: usize,
    /// Its number.
    line: u32,
    /// That line, once somebody has looked at it.
    next: Option<Next<'t>>,
    depth: usize,
    track: std::marker::PhantomData<T>,
}

type Node<T> = (Value, <T as Track>::Place);

impl<'t, T: Track> Reader<'t, T> {
    /// The next line that has any content.
    fn peek(&mut self) -> Option<Next<'t>> {
        if self.next.is_some() {
            return self.next;
        }
        let bytes = self.text.as_bytes();
        while self.at < bytes.len() {
            let rest = &bytes[self.at..];
            let indent = rest.iter().take_while(|byte| **byte == b' ').count();
            let length = line_length(&rest[indent..]);
            let spaces = rest[indent..indent + length].iter().rev();
            let spaces = spaces.take_while(|byte| **byte == b' ').count();
            let from = self.at + indent;
            let content = &self.text[from..from + length - spaces];
            let after = from + length + 1;
            if !content.is_empty() && !content.starts_with('#') {
                self.next = Some(Next {
                    indent,
                    content,
                    after,
                });
                return self.next;
            }
            self.at = after;
            self.line = self.line.saturating_add(1);
        }
        None
    }

    /// Goes behind the line that was looked at.
    fn advance(&mut self) {
        if let Some(next) = self.next.take() {
            self.at = next.after;
            self.line = self.line.saturating_add(1);
        }
    }

    fn mapping(&mut self, indent: usize) -> Option<Node<T>> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let start = self.line;
        let mut values = Map::new();
        let mut places = T::Fields::default();
        while let Some(next) = self.peek() {
            if next.indent != indent || (next.content == "---" && indent == 0) {
                if next.indent > indent {
                    return None;
                }
                break;
            }
            let (key, rest) = key_of(next.content)?;
            let line = self.line;
            self.advance();
            let (value, place) = self.value(rest, indent, line)?;
            if values.insert(key.to_owned(), value).is_some() {
                return None;
            }
            T::field(&mut places, key, place);
        }
        self.depth -= 1;
        Some((Value::Object(values), T::fields(start, places)))
    }

    /// What stands behind a key, or below it.
    fn value(&mut self, rest: &'t str, indent: usize, line: u32) -> Option<Node<T>> {
        match rest {
            "" => {
                let next = match self.peek() {
                    Some(next) if next.indent >= indent => next,
                    _ => return Some((Value::Null, T::leaf(line))),
                };
                let (value, place) = if next.content.starts_with("- ") {
                    self.sequence(next.indent)?
                } else if next.indent > indent {
                    self.mapping(next.indent)?
                } else {
                    return Some((Value::Null, T::leaf(line)));
                };
                Some((value, T::on_line(place, line)))
            }
            "|" => self.literal(indent, line, true),
            "|-" => self.literal(indent, line, false),
            _ => self.scalar(rest, indent, line),
        }
    }

    fn sequence(&mut self, indent: usize) -> Option<Node<T>> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let start = self.line;
        let (mut values, mut places) = (Vec::new(), T::Items::default());
        while let Some(next) = self.peek() {
            if next.indent != indent {
                if next.indent > indent {
                    return None;
                }
                break;
            }
            let content = next.content;
            let Some(behind) = content.strip_prefix("- ") else {
                if content.starts_with('-') && content != "---" {
                    return None;
                }
                break;
            };
            let inner = behind.trim_start_matches(' ');
            let line = self.line;
            let (value, place) = if inner.starts_with("- ") {
                return None;
            } else if key_of(inner).is_some() {
                let inside = indent + content.len() - inner.len();
                self.next = Some(Next {
                    indent: inside,
                    content: inner,
                    ..next
                });
                self.mapping(inside)?
            } else {
                self.advance();
                self.scalar(inner, indent, line)?
            };
            values.push(value);
            T::item(&mut places, place);
        }
        self.depth -= 1;
        values.shrink_to_fit();
        Some((Value::Array(values), T::items(start, places)))
    }

    /// A word on one line.
    fn scalar(&mut self, text: &str, indent: usize, line: u32) -> Option<Node<T>> {
        // A word that goes on in the next line is left to the other reader.
        if self.peek().is_some_and(|next| next.indent > indent) {
            return None;
        }
        let node = |value| Some((value, T::leaf(line)));
        match text.as_bytes() {
            b"[]" => Some((
                Value::Array(Vec::new()),
                T::items(line, T::Items::default()),
            )),
            b"{}" => Some((
                Value::Object(Map::new()),
                T::fields(line, T::Fields::default()),
            )),
            [b'"' | b'\'', ..] => node(Value::String(quoted(text)?)),
            [
                b'[' | b']' | b'{' | b'}' | b',' | b'&' | b'*' | b'!' | b'|' | b'>' | b'%' | b'@'
                | b'`' | b'#' | b'?' | b':',
                ..,
            ]
            | []
            | [b'-']
            | [b'-', b' ', ..] => None,
            bytes if is_more_than_a_word(bytes) => None,
            _ => node(scalar::plain(text).ok()?),
        }
    }

    /// A literal block; its last line ends, or does not.
    fn literal(&mut self, indent: usize, line: u32, ends: bool) -> Option<Node<T>> {
        let mut text = String::new();
        let mut inside = None;
        let mut blank = 0;
        while self.at < self.text.len() {
            let rest = &self.text[self.at..];
            let raw = &rest[..line_length(rest.as_bytes())];
            let spaces = raw.len() - raw.trim_start_matches(' ').len();
            if spaces == raw.len() {
                if inside.is_none_or(|inside| spaces > inside) && spaces > 0 {
                    return None;
                }
                blank += 1;
            } else {
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
            }
            self.at += raw.len() + 1;
            self.line = self.line.saturating_add(1);
        }
        inside?;
        if ends {
            text.push('\n');
        }
        text.shrink_to_fit();
        Some((Value::String(text), T::leaf(line)))
    }
}

/// The bytes before the next line end.
fn line_length(bytes: &[u8]) -> usize {
    let end = bytes.iter().position(|byte| *byte == b'\n');
    end.unwrap_or(bytes.len())
}

/// What stands in quotes, where they hold all of the text and nothing that is rare.
fn quoted(text: &str) -> Option<String> {
    let quote = text.as_bytes().first()?;
    let inner = text.get(1..text.len() - 1)?;
    if text.as_bytes().last() != Some(quote) {
        return None;
    }
    let is_special = |byte: u8| byte == *quote || (*quote == b'"' && byte == b'\\');
    let mut read = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.bytes().position(is_special) {
        read.push_str(&rest[..at]);
        // A quote is written twice between single ones, and behind a backslash between double ones.
        read.push(match (&rest.as_bytes()[at..], quote) {
            ([b'\'', b'\'', ..], b'\'') => '\'',
            ([b'\\', b'"', ..], b'"') => '"',
            ([b'\\', b'\\', ..], b'"') => '\\',
            ([b'\\', b'n', ..], b'"') => '\n',
            ([b'\\', b't', ..], b'"') => '\t',
            _ => return None,
        });
        rest = &rest[at + 2..];
    }
    read.push_str(rest);
    Some(read)
}

/// Whether a plain text holds a key or a comment.
fn is_more_than_a_word(text: &[u8]) -> bool {
    text.last() == Some(&b':') || text.windows(2).any(|pair| matches!(pair, b": " | b" #"))
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
            let end = content.bytes().position(|byte| {
                !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'/' | b'-'))
            });
            let (key, rest) = content.split_at(end.unwrap_or(content.len()));
            // Keys that are no texts are left to the other reader.
            if rest.starts_with(':') && !scalar::is_text(key) {
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
mod tests;
