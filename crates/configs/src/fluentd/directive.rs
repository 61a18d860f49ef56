//! The directives of a file, in the order in which events meet them.

use super::plugin::Plugin;
use super::route::{LabelName, TagPattern};
use super::writer;

/// How much Fluentd says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogLevel {
    /// Only what has failed.
    Error,
    /// What may be wrong, too.
    Warn,
    /// What it does, too.
    Info,
}

impl LogLevel {
    /// Its name in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
        }
    }
}

/// Settings of the process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct System {
    /// How much it says.
    pub log_level: LogLevel,
}

/// Where events come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The label whose routes they take; without one those outside of all labels.
    pub label: Option<LabelName>,
    /// The input.
    pub plugin: Plugin,
}

/// What changes events on their way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Which ones.
    pub pattern: TagPattern,
    /// The filter.
    pub plugin: Plugin,
}

/// Where events end, or go to another label; the first that fits takes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Which ones.
    pub pattern: TagPattern,
    /// For the output `relabel`: where they go on.
    pub label: Option<LabelName>,
    /// The output.
    pub plugin: Plugin,
}

impl Match {
    /// Sends events on to a label.
    pub fn relabel(pattern: TagPattern, label: LabelName) -> Self {
        Self {
            pattern,
            label: Some(label),
            plugin: Plugin::new("relabel"),
        }
    }

    /// Gives events to an output.
    pub fn output(pattern: TagPattern, plugin: Plugin) -> Self {
        Self {
            pattern,
            label: None,
            plugin,
        }
    }
}

/// A step of an event's way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// It is changed.
    Filter(Filter),
    /// It leaves.
    Match(Match),
}

/// Routes for the events of some sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Its name.
    pub name: LabelName,
    /// The routes.
    pub routes: Vec<Route>,
}

impl Label {
    /// A label without routes.
    pub fn new(name: LabelName) -> Self {
        Self {
            name,
            routes: Vec::new(),
        }
    }

    /// The same with this filter behind the others.
    pub fn filter(mut self, pattern: TagPattern, plugin: Plugin) -> Self {
        self.routes.push(Route::Filter(Filter { pattern, plugin }));
        self
    }

    /// The same with this output behind the others.
    pub fn output(mut self, output: Match) -> Self {
        self.routes.push(Route::Match(output));
        self
    }
}

/// Anything that stands at the top of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Directive {
    /// `<system>`.
    System(System),
    /// `<source>`.
    Source(Source),
    /// `<filter>` or `<match>` outside of all labels.
    Route(Route),
    /// `<label>`.
    Label(Label),
}

/// A whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Configuration {
    /// The directives.
    pub directives: Vec<Directive>,
}

impl Configuration {
    /// The file's text.
    pub fn to_text(&self) -> String {
        writer::write(self)
    }
}
