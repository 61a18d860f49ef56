//! Makes the list of everything that is wrong with an environment: messages with places, and help.

use std::fmt;

use crate::origin::{Files, Origin};

/// Whether a finding stops the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The environment cannot be used.
    Error,
    /// Worth a look; the environment can be used.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A marked place and what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub origin: Origin,
    /// Text beside the mark; may be empty.
    pub text: String,
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, in one line, lower case and without full stop.
    pub message: String,
    /// Where it is wrong.
    pub primary: Label,
    /// Other places that have to do with it.
    pub secondary: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    fn new(severity: Severity, origin: Origin, message: String) -> Self {
        Self {
            severity,
            message,
            primary: Label {
                origin,
                text: String::new(),
            },
            secondary: Vec::new(),
            help: None,
        }
    }

    /// Text beside the mark of the main place.
    pub fn here(&mut self, text: impl Into<String>) -> &mut Self {
        self.primary.text = text.into();
        self
    }

    /// Marks another place; nothing happens where the value stands in no file.
    pub fn label(&mut self, origin: &Origin, text: impl Into<String>) -> &mut Self {
        if origin.is_somewhere() {
            self.secondary.push(Label {
                origin: *origin,
                text: text.into(),
            });
        }
        self
    }

    /// What to do about it.
    pub fn help(&mut self, text: impl Into<String>) -> &mut Self {
        self.help = Some(text.into());
        self
    }

    /// The same, where there is something to say.
    pub fn maybe_help(&mut self, text: Option<String>) -> &mut Self {
        if text.is_some() {
            self.help = text;
        }
        self
    }
}

/// Every mistake found so far, and the files they are in.
///
/// At most [`Diagnostics::LIMIT`] are kept; the rest is counted, so that a file that is wrong a hundred thousand times
/// costs neither memory nor patience.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    files: Files,
    entries: Vec<Diagnostic>,
    /// Takes the builder calls on what is only counted.
    surplus: Option<Box<Diagnostic>>,
    uncounted: usize,
    failed: bool,
}

impl Diagnostics {
    /// How many mistakes are kept with their text.
    pub const LIMIT: usize = 100;
    /// How many mistakes are counted before reading stops.
    const ENOUGH: usize = 1000;

    /// An empty list over some files.
    pub fn new(files: Files) -> Self {
        Self {
            files,
            ..Self::default()
        }
    }

    /// Reports a mistake at a place. The answer takes `here`, `label` and `help`.
    pub fn error(&mut self, origin: &Origin, message: impl Into<String>) -> &mut Diagnostic {
        self.failed = true;
        self.push(Diagnostic::new(Severity::Error, *origin, message.into()))
    }

    /// Reports something worth a look.
    pub fn warning(&mut self, origin: &Origin, message: impl Into<String>) -> &mut Diagnostic {
        self.push(Diagnostic::new(Severity::Warning, *origin, message.into()))
    }

    fn push(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        if self.is_full() {
            self.uncounted += 1;
            return self.surplus.insert(Box::new(diagnostic));
        }
        let index = self.entries.len();
        self.entries.push(diagnostic);
        &mut self.entries[index]
    }

    /// Whether further mistakes are only counted.
    pub fn is_full(&self) -> bool {
        self.entries.len() >= Self::LIMIT
    }

    /// Whether there are so many that looking for more helps nobody.
    pub(crate) fn are_too_many(&self) -> bool {
        self.len() >= Self::ENOUGH
    }

    /// Whether there is an error among them.
    pub fn has_errors(&self) -> bool {
        self.failed
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many were found, those only counted included.
    pub fn len(&self) -> usize {
        self.entries.len() + self.uncounted
    }

    /// How many were found beyond [`Diagnostics::LIMIT`].
    pub fn uncounted(&self) -> usize {
        self.uncounted
    }

    /// The files that the places are in.
    pub fn files(&self) -> &Files {
        &self.files
    }

    pub(crate) fn files_mut(&mut self) -> &mut Files {
        &mut self.files
    }

    /// Everything kept, sorted by file, line and column.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<_> = self.entries.iter().collect();
        sorted.sort_by_key(|entry| {
            (
                entry.primary.origin.file,
                entry.primary.origin.start,
                entry.severity,
            )
        });
        sorted
    }

    /// Text for a terminal: every mistake with its line underlined. `coloured` adds ANSI colours.
    pub fn render(&self, coloured: bool) -> String {
        crate::excerpt::render(self, coloured)
    }

    /// `2 errors, 1 warning`.
    pub fn summary(&self) -> String {
        let kept = |severity| {
            self.entries
                .iter()
                .filter(|entry| entry.severity == severity)
                .count()
        };
        let (errors, warnings) = (
            kept(Severity::Error) + self.uncounted,
            kept(Severity::Warning),
        );
        let counted = |count: usize, word: &str| {
            format!("{count} {word}{}", if count == 1 { "" } else { "s" })
        };
        match (errors, warnings) {
            (0, warnings) => counted(warnings, "warning"),
            (errors, 0) => counted(errors, "error"),
            (errors, warnings) => format!(
                "{}, {}",
                counted(errors, "error"),
                counted(warnings, "warning")
            ),
        }
    }

    /// A JSON array for machines, one object a mistake, in the order of [`Diagnostics::sorted`].
    pub fn to_json(&self) -> serde_json::Value {
        self.sorted()
            .into_iter()
            .map(|diagnostic| self.entry_to_json(diagnostic))
            .collect()
    }

    fn entry_to_json(&self, diagnostic: &Diagnostic) -> serde_json::Value {
        serde_json::json!({
            "severity": diagnostic.severity.as_str(),
            "message": diagnostic.message,
            "at": self.label_to_json(&diagnostic.primary),
            "related": diagnostic.secondary.iter().map(|label| self.label_to_json(label)).collect::<Vec<_>>(),
            "help": diagnostic.help,
        })
    }

    fn label_to_json(&self, label: &Label) -> serde_json::Value {
        let origin = &label.origin;
        let Some(file) = self.files.get(origin.file) else {
            return serde_json::Value::Null;
        };
        serde_json::json!({
            "file": file.path,
            "line": origin.line,
            "column": origin.column,
            "start": origin.start,
            "end": origin.end,
            "text": label.text,
        })
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostics {}
