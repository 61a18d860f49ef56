//! Makes a tree from the bytes of one file, within the limits.

use crate::diagnostic::Diagnostics;
use crate::limits::{self, Budget};
use crate::origin::Origin;
use crate::reader;
use crate::tree::{Content, Node};

/// Reads a file into a tree whose top is a mapping. `None` means that mistakes were reported.
pub(crate) fn parse(
    path: &str,
    bytes: &[u8],
    budget: &mut Budget,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    if bytes.len() > limits::FILE_BYTES {
        let file = diagnostics.files_mut().add(path, "");
        diagnostics
            .error(&Origin::start_of(file), "the file is larger than 1 MiB")
            .help("an environment holds values; what is larger belongs elsewhere");
        return None;
    }
    let file = diagnostics
        .files_mut()
        .add(path, String::from_utf8_lossy(bytes));
    let text = match readable(bytes) {
        Ok(text) => text,
        Err(fault) => {
            diagnostics
                .error(&fault.origin(file), fault.message)
                .help(fault.help);
            return None;
        }
    };
    let before = diagnostics.len();
    let root = reader::read(file, text, budget, diagnostics);
    if diagnostics.len() > before {
        return None;
    }
    match root {
        Some(root) if matches!(root.content, Content::Mapping(_)) => Some(root),
        Some(root) if root.content != Content::Null => {
            diagnostics.error(
                &root.origin,
                format!("expected `key: value` lines, found {}", root.kind()),
            );
            None
        }
        _ => {
            diagnostics.error(&Origin::start_of(file), "the file holds no values");
            None
        }
    }
}

/// A byte that no text has.
struct Fault<'a> {
    /// The text before it.
    before: &'a str,
    message: &'static str,
    help: &'static str,
}

impl Fault<'_> {
    fn origin(&self, file: u32) -> Origin {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let line_start = self.before.rfind('\n').map_or(0, |position| position + 1);
        let column = self
            .before
            .get(line_start..)
            .unwrap_or_default()
            .chars()
            .count();
        Origin {
            file,
            start: count(self.before.len()),
            end: count(self.before.len()),
            line: count(self.before.matches('\n').count() + 1),
            column: count(column + 1),
        }
    }
}

fn readable(bytes: &[u8]) -> Result<&str, Fault<'_>> {
    let text = std::str::from_utf8(bytes).map_err(|error| Fault {
        before: bytes
            .get(..error.valid_up_to())
            .and_then(|valid| std::str::from_utf8(valid).ok())
            .unwrap_or_default(),
        message: "the file is not UTF-8 from here on",
        help: "save the file with the encoding UTF-8",
    })?;
    match text.split_once('\0') {
        None => Ok(text),
        Some((before, _)) => Err(Fault {
            before,
            message: "the file holds a NUL byte",
            help: "save the file as text with the encoding UTF-8; UTF-16 is full of such bytes",
        }),
    }
}
