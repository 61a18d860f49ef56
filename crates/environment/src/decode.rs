//! Turns a tree into typed values and finds every mistake on the way, not the first one only.

use std::fmt::Write as _;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::origin::{Files, Origin};
use crate::path::{Path, Segment};
use crate::schema::Definitions;
use crate::suggest;
use crate::tree::{Content, Key, Node, Scalar};

/// A type that can be read from a node.
///
/// The macros [`record!`](crate::record), [`choice!`](crate::choice) and [`variant!`](crate::variant) write this for
/// structs and enums, [`ScalarValue`](crate::ScalarValue) is the short form for what is one word.
pub trait Value: Sized {
    /// What is expected, as a noun for a message: `a number from 1 to 65535`.
    fn expected() -> String;

    /// Reads the node. Mistakes go to the context; `None` means that there was one and no value could be made.
    fn decode(node: &Node, context: &mut Context) -> Option<Self>;

    /// The JSON Schema of this type; types with a name go to the definitions.
    fn schema(definitions: &mut Definitions) -> serde_json::Value;

    /// The value of a key that is not written; `None` where the key is required.
    fn absent() -> Option<Self> {
        None
    }
}

/// What a decoder knows besides the node: where it is, and where mistakes go.
#[derive(Debug)]
pub struct Context {
    diagnostics: Diagnostics,
    steps: Vec<(Segment, Option<Origin>)>,
}

impl Context {
    /// A context at the top of a tree.
    pub fn new(files: Files) -> Self {
        Self {
            diagnostics: Diagnostics::new(files),
            steps: Vec::new(),
        }
    }

    /// Reports a mistake at a place. The answer takes `here`, `label` and `help`.
    pub fn error(&mut self, origin: &Origin, message: impl Into<String>) -> &mut Diagnostic {
        self.diagnostics.error(origin, message)
    }

    /// Reports something worth a look.
    pub fn warning(&mut self, origin: &Origin, message: impl Into<String>) -> &mut Diagnostic {
        self.diagnostics.warning(origin, message)
    }

    /// Reports that a node is of the wrong sort.
    pub fn mismatch(&mut self, node: &Node, expected: &str) -> &mut Diagnostic {
        let origin = self.pointer(node);
        let path = self.path();
        if node.content == Content::Null {
            let what = if path.is_empty() {
                "this file".to_owned()
            } else {
                format!("`{path}`")
            };
            return self
                .error(&origin, format!("{what} has no value"))
                .here(format!("expected {expected}"));
        }
        let found = match &node.content {
            Content::Scalar(scalar) if scalar.quoted => {
                format!("the text `{}` in quotes", suggest::shortened(&scalar.text))
            }
            Content::Scalar(scalar) => format!("`{}`", suggest::shortened(&scalar.text)),
            _ => node.kind().to_owned(),
        };
        self.error(&origin, format!("expected {expected}, found {found}"))
            .here(path)
    }

    /// The way from the top to the value that is being read.
    pub fn path(&self) -> String {
        self.steps
            .iter()
            .map(|(segment, _)| segment.clone())
            .collect::<Path>()
            .to_string()
    }

    /// The place to point at when a node as a whole is meant: the node, or its key where the node is empty, a block, or
    /// goes over several lines.
    pub fn pointer(&self, node: &Node) -> Origin {
        let key = self.steps.last().and_then(|(_, origin)| *origin);
        let text = self
            .diagnostics
            .files()
            .text(&node.origin)
            .unwrap_or_default();
        let is_block = match &node.content {
            Content::Sequence(_) | Content::Mapping(_) => !text.starts_with(['{', '[']),
            Content::Null | Content::Scalar(_) => false,
        };
        if is_block || text.is_empty() || text.contains('\n') {
            key.unwrap_or(node.origin)
        } else {
            node.origin
        }
    }

    /// The place of a part of a scalar, in bytes of its text.
    pub fn part(&self, node: &Node, scalar: &Scalar, range: std::ops::Range<usize>) -> Origin {
        self.diagnostics
            .files()
            .part(&node.origin, &scalar.text, range)
    }

    /// Reads the value of a key, so that paths and places are right.
    pub fn inside_key<R>(&mut self, key: &Key, read: impl FnOnce(&mut Self) -> R) -> R {
        self.steps
            .push((Segment::Key(key.text.clone()), Some(key.origin)));
        let result = read(self);
        self.steps.pop();
        result
    }

    /// Reads an item of a list, so that paths are right.
    pub fn inside_item<R>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> R) -> R {
        self.steps.push((Segment::Index(index), None));
        let result = read(self);
        self.steps.pop();
        result
    }

    /// Reports a word that is none of the known ones, with the nearest of them. Returns that one.
    pub fn unknown<'a>(
        &mut self,
        origin: &Origin,
        what: &str,
        word: &str,
        known: &[&'a str],
    ) -> Option<&'a str> {
        if self.diagnostics.is_full() {
            self.error(origin, "");
            return None;
        }
        let nearest = suggest::nearest(word, known.iter().copied());
        let path = self.path();
        let place = if path.is_empty() {
            String::new()
        } else {
            format!(" in `{path}`")
        };
        let mut help = nearest.map_or_else(String::new, |nearest| {
            format!("did you mean `{nearest}`?\n")
        });
        let _ = write!(help, "{}", suggest::known("known here", known));
        self.error(
            origin,
            format!("unknown {what} `{}`", suggest::shortened(word)),
        )
        .here(format!("no such {what}{place}"))
        .help(help);
        nearest
    }

    /// The mistakes found so far, for rules that add to them.
    pub fn diagnostics(&mut self) -> &mut Diagnostics {
        &mut self.diagnostics
    }

    /// Everything that was found.
    pub fn finish(self) -> Diagnostics {
        self.diagnostics
    }
}

/// Reads a whole tree. All mistakes come back together; warnings alone do not stop it.
pub fn decode<T: Value>(tree: &Node, files: Files) -> Result<T, Diagnostics> {
    let mut context = Context::new(files);
    let value = T::decode(tree, &mut context);
    let mut diagnostics = context.finish();
    match value {
        Some(value) if !diagnostics.has_errors() => Ok(value),
        _ => {
            if !diagnostics.has_errors() {
                diagnostics.error(&tree.origin, format!("expected {}", T::expected()));
            }
            Err(diagnostics)
        }
    }
}
