//! Strings in quotes: single ones where nothing needs an escape but `"` and `\`, else double ones.

use std::fmt::Write as _;

use crate::scalar::has;

/// Whether every reader takes the character as it stands.
///
/// Not so for controls, for the line breaks of YAML 1.1, for a byte order mark, and for characters
/// that show the text in another order than it has.
pub(crate) fn is_printable(character: char) -> bool {
    let known = matches!(
        character,
        ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..
    );
    let breaks = matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}');
    let reorders = matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    known && !breaks && !reorders
}

/// Appends the string in quotes, on one line.
pub(crate) fn write(out: &mut String, text: &str, seen: u8) {
    let escapes = seen & (has::BREAK | has::CONTROL) != 0
        || seen & has::WIDE != 0 && !text.chars().all(is_printable);
    if !escapes && seen & has::ESCAPED != 0 {
        write_single(out, text);
    } else if !escapes {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        write_double(out, text);
    }
}

fn write_single(out: &mut String, text: &str) {
    out.push('\'');
    for (index, part) in text.split('\'').enumerate() {
        if index > 0 {
            out.push_str("''");
        }
        out.push_str(part);
    }
    out.push('\'');
}

fn write_double(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            printable if is_printable(printable) => out.push(printable),
            other => escape(out, u32::from(other)),
        }
    }
    out.push('"');
}

fn escape(out: &mut String, code: u32) {
    // Writing to a string cannot fail.
    let _ = match code {
        0..=0xff => write!(out, "\\x{code:02X}"),
        0x100..=0xffff => write!(out, "\\u{code:04X}"),
        _ => write!(out, "\\U{code:08X}"),
    };
}
