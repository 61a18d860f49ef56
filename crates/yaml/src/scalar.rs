//! Which form a string takes: bare, in quotes, or as a block.
//!
//! A string stays bare only if no reader can take it for anything else. The rules are narrower
//! than those of either YAML version: what is quoted without need costs two characters, what is
//! bare without right changes a value.

use crate::{block, quoted};

/// What the bytes of a string have among them, one bit each.
pub(crate) mod has {
    /// A byte that no number, date or time of any YAML version contains.
    pub(crate) const UNLIKE_NUMBER: u8 = 1;
    /// A colon: bare only if neither a space nor the end follows.
    pub(crate) const COLON: u8 = 1 << 1;
    /// A number sign: bare only if no space precedes.
    pub(crate) const HASH: u8 = 1 << 2;
    /// A space: bare only inside.
    pub(crate) const SPACE: u8 = 1 << 3;
    /// `"` or `\`, which double quotes would have to escape.
    pub(crate) const ESCAPED: u8 = 1 << 4;
    /// A line feed or a tab: a block, or escaped in double quotes.
    pub(crate) const BREAK: u8 = 1 << 5;
    /// Any other control character: escaped in double quotes.
    pub(crate) const CONTROL: u8 = 1 << 6;
    /// A part of a character beyond ASCII.
    pub(crate) const WIDE: u8 = 1 << 7;
}

/// The bit of every byte.
const CLASSES: [u8; 256] = {
    let mut classes = [has::UNLIKE_NUMBER; 256];
    let mut byte = 0;
    while byte < 256 {
        if byte < 0x20 || byte == 0x7f {
            classes[byte] = has::CONTROL;
        } else if byte >= 0x80 {
            classes[byte] = has::WIDE;
        }
        byte += 1;
    }
    // Digits, the letters of 0b, 0o, 0x, exponents and timestamps, and what stands between digits.
    let numeric = b"0123456789eExXoObBtTzZ_.+-,";
    let mut index = 0;
    while index < numeric.len() {
        classes[numeric[index] as usize] = 0;
        index += 1;
    }
    classes[b'\n' as usize] = has::BREAK;
    classes[b'\t' as usize] = has::BREAK;
    classes[b' ' as usize] = has::SPACE;
    classes[b':' as usize] = has::COLON;
    classes[b'#' as usize] = has::HASH | has::UNLIKE_NUMBER;
    classes[b'"' as usize] = has::ESCAPED | has::UNLIKE_NUMBER;
    classes[b'\\' as usize] = has::ESCAPED | has::UNLIKE_NUMBER;
    classes
};

/// What is among the bytes of a text.
#[inline]
fn survey(text: &str) -> u8 {
    let add = |seen: u8, byte: &u8| seen | CLASSES[usize::from(*byte)];
    // Eight at a time: most of the time of a short document is spent here.
    let (eights, rest) = text.as_bytes().as_chunks::<8>();
    let seen = eights
        .iter()
        .fold(0, |seen, eight| eight.iter().fold(seen, add));
    rest.iter().fold(seen, add)
}

/// Appends a value; `parent` is the column of its key or dash, if there is one.
#[inline]
pub(crate) fn write_value(out: &mut String, text: &str, parent: Option<usize>) {
    let seen = survey(text);
    if is_plain(text, seen) {
        out.push_str(text);
    } else if let Some(parent) = parent
        && seen & (has::BREAK | has::CONTROL) == has::BREAK
        && block::fits(text)
    {
        block::write(out, text, parent);
    } else {
        quoted::write(out, text, seen);
    }
}

/// Appends a key, on one line.
#[inline]
pub(crate) fn write_key(out: &mut String, text: &str) {
    let seen = survey(text);
    if is_plain(text, seen) {
        out.push_str(text);
    } else {
        quoted::write(out, text, seen);
    }
}

/// Whether a string means itself without quotes, as a key or a value outside of `[]` and `{}`.
#[inline]
fn is_plain(text: &str, seen: u8) -> bool {
    const AWKWARD: u8 = has::COLON | has::HASH | has::SPACE | has::BREAK | has::CONTROL | has::WIDE;
    starts_plain(text, seen) && (seen & AWKWARD == 0 || continues_plain(text, seen))
}

/// Whether the beginning can be neither an indicator nor a number, a date, a boolean or a null.
#[inline]
fn starts_plain(text: &str, seen: u8) -> bool {
    match text.as_bytes() {
        [b'a'..=b'z' | b'A'..=b'Z', ..] => !is_reserved(text),
        [b'0', b'x' | b'X', ..] => false,
        [b'0'..=b'9', ..] => seen & has::UNLIKE_NUMBER != 0,
        // Paths, variables, expressions and flags; never `-1`, `-.inf`, `---`, `.5`, `.nan` or `...`.
        [b'/' | b'$' | b'(' | b'^', ..]
        | [b'-', b'a'..=b'z' | b'A'..=b'Z', ..]
        | [b'-', b'-', b'a'..=b'z' | b'A'..=b'Z', ..]
        | [b'.', b'/', ..]
        | [b'.', b'.', b'/', ..]
        | [b'_', b'a'..=b'z' | b'A'..=b'Z' | b'_', ..] => true,
        [0x80..=0xff, ..] => text.chars().next().is_some_and(char::is_alphabetic),
        _ => false,
    }
}

/// Whether nothing behind the beginning ends the string early or changes it.
fn continues_plain(text: &str, seen: u8) -> bool {
    if seen & (has::BREAK | has::CONTROL) != 0 {
        return false;
    }
    if seen & has::COLON != 0 && (text.ends_with(':') || text.contains(": ")) {
        return false;
    }
    if seen & has::SPACE != 0 && (text.ends_with(' ') || text.contains(" #")) {
        return false;
    }
    seen & has::WIDE == 0 || text.chars().all(quoted::is_printable)
}

/// Whether a reader of some version takes the word for a boolean or a null, in whatever case.
fn is_reserved(text: &str) -> bool {
    let words: &[&str] = match text.len() {
        1 => &["y", "n"],
        2 => &["no", "on"],
        3 => &["yes", "off"],
        4 => &["true", "null"],
        5 => &["false"],
        _ => &[],
    };
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}
