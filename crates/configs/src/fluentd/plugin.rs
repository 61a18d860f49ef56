//! Plugins and their parameters: what stands inside a directive.

use names::Duration;

use super::value::Value;

/// The sections that plugins have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionKind {
    /// How an input's text becomes records.
    Parse,
    /// How an output's records become text.
    Format,
    /// Where an output keeps events until they are delivered.
    Buffer,
    /// One of several outputs that get the same events.
    Store,
    /// Where events go that an output gives up.
    Secondary,
    /// Where an input remembers how far it is.
    Storage,
    /// How entries of the journal become records.
    Entry,
    /// Fields that a record gets.
    Record,
    /// Who an output is to the other side.
    Auth,
}

impl SectionKind {
    /// Its name in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Parse => "parse",
            Self::Format => "format",
            Self::Buffer => "buffer",
            Self::Store => "store",
            Self::Secondary => "secondary",
            Self::Storage => "storage",
            Self::Entry => "entry",
            Self::Record => "record",
            Self::Auth => "auth",
        }
    }
}

/// A section of a plugin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub(super) kind: SectionKind,
    pub(super) argument: Option<String>,
    pub(super) plugin: Plugin,
}

impl Section {
    /// A section that is a plugin of its own, such as a parser.
    pub fn of(kind: SectionKind, plugin: Plugin) -> Self {
        Self {
            kind,
            argument: None,
            plugin,
        }
    }

    /// A section of parameters.
    pub fn parameters(kind: SectionKind, parameters: Plugin) -> Self {
        Self {
            kind,
            argument: None,
            plugin: parameters,
        }
    }

    /// A buffer whose chunks hold the events of one tag each.
    pub fn buffer_by_tag(buffer: Plugin) -> Self {
        Self {
            kind: SectionKind::Buffer,
            argument: Some("tag".to_owned()),
            plugin: buffer,
        }
    }
}

/// A plugin with its parameters and sections, in the order in which they were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plugin {
    pub(super) kind: Option<&'static str>,
    pub(super) id: Option<&'static str>,
    pub(super) parameters: Vec<(String, Value)>,
    pub(super) sections: Vec<Section>,
}

impl Plugin {
    /// A plugin by its type: `tail`, `elasticsearch`, `file` …
    pub fn new(kind: &'static str) -> Self {
        Self {
            kind: Some(kind),
            id: None,
            parameters: Vec::new(),
            sections: Vec::new(),
        }
    }

    /// Parameters of a section that is no plugin.
    pub fn none() -> Self {
        Self {
            kind: None,
            id: None,
            parameters: Vec::new(),
            sections: Vec::new(),
        }
    }

    /// The same under a name that logs and metrics use; unique in the file.
    pub fn id(mut self, id: &'static str) -> Self {
        self.id = Some(id);
        self
    }

    /// The same with this parameter.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.parameters.push((name.to_owned(), value.into()));
        self
    }

    /// The same with this parameter, if there is a value for it.
    pub fn with_option(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The same with a time in plain seconds, for the parameters that are numbers.
    pub fn with_seconds(mut self, name: &str, time: Duration) -> Self {
        self.parameters
            .push((name.to_owned(), Value::Number(time.as_seconds())));
        self
    }

    /// The same with this section.
    pub fn section(mut self, section: Section) -> Self {
        self.sections.push(section);
        self
    }
}
