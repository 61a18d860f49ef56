//! Where the server's reader (go-yaml 2) and the parser of YAML 1.2 differ: what the one takes and the other does not.

use granit_parser::{ErrorKind, ScanError};

/// So many places of a text are repaired.
const REPAIRS: usize = 200;
/// So many bytes are read again for that, at most.
const READ_AGAIN: usize = 32_000_000;
/// As deep as nothing is indented.
const DEEP: usize = 200;

/// How many places of a text of this length may be repaired.
pub(super) fn limit(length: usize) -> usize {
    (READ_AGAIN / length.max(1)).min(REPAIRS)
}

/// The text with the place repaired that the parser stumbles over, where the server's reader takes it as it is.
/// Lines stay the same.
pub(super) fn repaired(text: &str, error: &ScanError) -> Option<String> {
    let number = error.marker().line();
    let start = line_start(text, number)?;
    let line = text[start..].split('\n').next()?;
    let content = line.trim_start_matches([' ', '\t']);
    match error.kind() {
        // The lines of a quoted text, and those within brackets, begin where they like.
        ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInBlockIndentation => {
            let is_border = content == line && ["---", "..."].contains(&content.trim_end());
            if is_border || line.len() - content.len() >= DEEP {
                return None;
            }
            let end = start + line.len() - content.len();
            Some([&text[..start], &" ".repeat(DEEP), &text[end..]].concat())
        }
        // `\'` is one quote.
        ErrorKind::UnknownQuotedScalarEscape => {
            let from = error.marker().byte_offset().unwrap_or(start);
            let at = escaped_quote(text.get(from..)?)? + from;
            Some([&text[..at], &text[at + 1..]].concat())
        }
        _ => None,
    }
}

/// Where a line begins, counted from 1.
fn line_start(text: &str, number: usize) -> Option<usize> {
    let mut start = 0;
    for _ in 1..number {
        start += text.get(start..)?.find('\n')? + 1;
    }
    Some(start)
}

/// The backslash of the first `\'`, where nothing else that is unknown stands before it.
fn escaped_quote(text: &str) -> Option<usize> {
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        if byte == b'\\' {
            match bytes.next()?.1 {
                b'\'' => return Some(at),
                b'\n' => return None,
                _ => {}
            }
        }
    }
    None
}

/// Whether a line was repaired that had to stand within brackets.
pub(super) fn needs_brackets(error: &ScanError) -> bool {
    matches!(error.kind(), ErrorKind::TabInBlockIndentation)
}

/// Why the server does not read a text in double quotes, as it is written.
pub(super) fn refused_escape(written: &str) -> Option<&'static str> {
    let mut rest = written;
    while let Some(at) = rest.find('\\') {
        let escape = rest.get(at + 1..)?;
        if escape.starts_with('/') {
            return Some("`\\/` is no escape that the server reads");
        }
        let code = escape.strip_prefix('u').and_then(|code| code.get(..4));
        let half = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        if half.is_some_and(|half| (0xd800..0xe000).contains(&half)) {
            return Some("the server reads no halves of characters; write the character itself");
        }
        let length = escape.chars().next().map_or(0, char::len_utf8);
        rest = escape.get(length..)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::read::Unreadable;
    use crate::read::builder::{self, Parsed};

    fn documents(text: &str) -> (Vec<Parsed>, Option<Unreadable>) {
        builder::documents(text, 1, &mut 0)
    }

    /// Each was put before a real server.
    #[test]
    fn what_the_server_reads_is_read() {
        for text in [
            "a: [\n\t  b]\n",
            "a: {\n\tb: {c: 1}}\n",
            "a: [b,\n\tc]\n",
            "a: \"b\\'c\"\n",
            "a:\n  b: \"c\nd\"\n",
            "a:\n  b: 'c\n\td'\n",
            "a: |\n  b\n  \tc\n",
            "a: b\n          \t\nc: d\n",
            "a: b\t# c\nd:\te\n",
            "a: {1: b, '1': c}\n",
            "a: {.inf: b}\n",
            "a: !x 5\n",
            "a: !!int '5'\n",
        ] {
            let (parsed, fault) = documents(text);
            assert_eq!(fault, None, "{text}");
            assert!(
                parsed.iter().all(|parsed| parsed.twice.is_empty()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_the_server_does_not_read_is_told() {
        for text in [
            "a: \"b\\/c\"\n",
            "a: \"\\ud83d\\ude00\"\n",
            "a:\n\t\n  b: c\n",
            "a:\n\t# c\n  b: c\n",
            "a:\n\tb: c\n",
            "a:\n-\tb\n",
            "a: |\n    b\n\tc\n",
            "a: \"b\n---\nc\"\n",
            "~: b\n",
            "a: !!null b\n",
        ] {
            assert!(documents(text).1.is_some(), "{text}");
        }
        let (_, fault) = builder::documents("a:\n\tb: c\n", 10, &mut 0);
        assert_eq!(fault.map(|fault| fault.line), Some(11));
        let (parsed, fault) = documents("a: &b {c: d}\ne:\n  <<: *b\n  c: f\n");
        assert_eq!((fault, parsed[0].twice.len()), (None, 1));
    }
}
