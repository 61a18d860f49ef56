//! Says in plain words why a text is not YAML.

use granit_parser::ErrorKind;

use crate::origin::Origin;

/// A sentence and, where there is one, the way out.
pub(crate) struct Explanation {
    pub(crate) message: String,
    pub(crate) help: Option<&'static str>,
}

/// Whether a tab is to blame; the parser then points somewhere near it.
fn is_tab(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabAtBlockScalarStart
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
    )
}

pub(crate) fn explain(kind: &ErrorKind) -> Explanation {
    let (message, help) = match kind {
        kind if is_tab(kind) => (
            "a tab is used as indentation".to_owned(),
            Some("YAML is indented with spaces: two for each level"),
        ),
        ErrorKind::UnexpectedCharacter { character } => (
            format!("{} cannot start a value", named(*character)),
            Some("put the text in quotes if it is meant as it stands"),
        ),
        ErrorKind::UnclosedFlowCollection { open } => (
            format!("this `{open}` is never closed"),
            Some(if *open == '{' {
                "add the missing `}`"
            } else {
                "add the missing `]`"
            }),
        ),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            (format!("`{close}` closes what `{open}` opened"), None)
        }
        ErrorKind::MisplacedFlowCollectionEnd => {
            ("nothing is open that could be closed here".to_owned(), None)
        }
        ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => (
            "the quotes that open here are never closed".to_owned(),
            None,
        ),
        ErrorKind::InvalidQuotedScalarIndent => (
            "the quotes that open above are still open here".to_owned(),
            Some("close them, or indent this line if the text goes on"),
        ),
        ErrorKind::UnknownAnchor => (
            "this alias stands for nothing".to_owned(),
            Some(
                "an anchor `&name` has to come before its alias `*name`; put a text that starts with `*` in quotes",
            ),
        ),
        ErrorKind::DirectiveDisallowed => (
            "YAML directives are not used here".to_owned(),
            Some("remove the line that starts with `%`"),
        ),
        ErrorKind::RecursionLimitExceeded => (nesting(), None),
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => (
            "a backslash is followed by something that is no escape".to_owned(),
            Some("double the backslash, or use single quotes, in which nothing is escaped"),
        ),
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => (
            "text follows the closing quote".to_owned(),
            Some("quotes have to enclose the whole value"),
        ),
        ErrorKind::CommentNotSeparated => {
            ("a comment needs a space before its `#`".to_owned(), None)
        }
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::MappingKeyNotAllowed
        | ErrorKind::InvalidColonPlacement => (
            "no key may stand here".to_owned(),
            Some(
                "check the indentation of this line and of the one above; a text that holds `: ` needs quotes",
            ),
        ),
        ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::BlockEntryInFlowCollection
        | ErrorKind::InvalidBlockEntryWhitespace => (
            "no list item may stand here".to_owned(),
            Some("check the indentation; the items of one list stand exactly below each other"),
        ),
        ErrorKind::InvalidIndentation
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::InvalidFlowScalarIndent => (
            "the indentation does not fit the lines above".to_owned(),
            Some("keys of one mapping, and items of one list, stand exactly below each other"),
        ),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => (
            "expected `key: value`".to_owned(),
            Some("a key is followed by a colon and a space"),
        ),
        ErrorKind::ExpectedFlowMappingSeparator => ("expected `,` or `}`".to_owned(), None),
        ErrorKind::ExpectedFlowSequenceSeparator => ("expected `,` or `]`".to_owned(), None),
        _ => ("this is not valid YAML".to_owned(), None),
    };
    Explanation { message, help }
}

/// The character to point at: the one that the parser stopped at or, where tabs are to blame, the nearest that indents.
pub(crate) fn place(kind: &ErrorKind, marked: Origin, text: &str) -> Origin {
    let start = marked.start as usize;
    if is_tab(kind)
        && let Some(tab) = nearest_tab(marked, text)
    {
        return tab;
    }
    let character = text.get(start..).and_then(|rest| rest.chars().next());
    Origin {
        end: marked
            .start
            .saturating_add(count(character.map_or(1, char::len_utf8))),
        ..marked
    }
}

/// The indenting tab on the marked line or the first one after it.
fn nearest_tab(marked: Origin, text: &str) -> Option<Origin> {
    let before = text.get(..marked.start as usize)?;
    let mut start = before.rfind('\n').map_or(0, |end| end + 1);
    for (number, line) in (marked.line..).zip(text.get(start..)?.split('\n')) {
        let indentation = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
        if let Some(tab) = indentation.into_iter().position(|byte| byte == b'\t') {
            let position = count(start + tab);
            return Some(Origin {
                start: position,
                end: position + 1,
                line: number,
                column: count(tab + 1),
                ..marked
            });
        }
        start += line.len() + 1;
    }
    None
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub(crate) fn nesting() -> String {
    format!(
        "values are nested more than {} levels deep",
        crate::limits::DEPTH
    )
}

fn named(character: char) -> String {
    if character.is_control() {
        format!("the control character U+{:04X}", u32::from(character))
    } else {
        format!("`{character}`")
    }
}
