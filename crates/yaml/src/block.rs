//! Text of several lines as a literal block.

use crate::collection::{STEP, indent};
use crate::quoted::is_printable;

/// [`STEP`] as YAML's indentation indicator.
const INDICATOR: char = '2';

/// Whether a block gives the text back in every reader; it must not have control characters.
///
/// Lines of nothing but blanks at the very beginning or end are left to quotes: readers differ in
/// whether they belong to the indentation.
pub(crate) fn fits(text: &str) -> bool {
    let body = text.trim_matches('\n');
    let blank =
        |line: Option<&str>| line.is_none_or(|line| line.trim_matches([' ', '\t']).is_empty());
    text.contains('\n')
        && !blank(body.split('\n').next())
        && !blank(body.rsplit('\n').next())
        && text
            .chars()
            .all(|character| is_printable(character) || matches!(character, '\n' | '\t'))
}

/// Appends the text below the key or dash at column `parent`, without the last line feed.
pub(crate) fn write(out: &mut String, text: &str, parent: usize) {
    out.push('|');
    // The first line that is not empty tells the indentation, unless it begins with a blank.
    if text.trim_start_matches('\n').starts_with([' ', '\t']) {
        out.push(INDICATOR);
    }
    let content = match text.strip_suffix('\n') {
        None => {
            out.push('-');
            text
        }
        Some(lines) if lines.ends_with('\n') => {
            out.push('+');
            lines
        }
        Some(lines) => lines,
    };
    for line in content.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            indent(out, parent + STEP);
            out.push_str(line);
        }
    }
}
