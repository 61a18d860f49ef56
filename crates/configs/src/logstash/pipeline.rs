//! A pipeline: where events come from, what is done with them, and where they go.

use super::value::{FieldReference, Value};
use super::writer;

/// A plugin with its options, in the order in which they were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plugin {
    pub(super) name: &'static str,
    pub(super) options: Vec<(&'static str, Value)>,
}

impl Plugin {
    /// A plugin under a name that logs and metrics use; unique in the pipeline.
    pub fn new(name: &'static str, id: &'static str) -> Self {
        Self {
            name,
            options: Vec::new(),
        }
        .with("id", id)
    }

    /// The same with this option.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.options.push((name, value.into()));
        self
    }

    /// The same with an option that is a table.
    pub fn with_table<V: Into<Value>>(
        self,
        name: &'static str,
        entries: impl IntoIterator<Item = (FieldReference, V)>,
    ) -> Self {
        let entries = entries
            .into_iter()
            .map(|(field, value)| (field.to_string(), value.into()));
        self.with(name, Value::Table(entries.collect()))
    }
}

/// What an event is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// It has the field, and its value is neither `false` nor `null`.
    Has(FieldReference),
    /// It has not.
    Lacks(FieldReference),
    /// The field's text matches the regular expression (of Ruby), which may have no slash.
    Matches(FieldReference, &'static str),
}

/// A step of an event's way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A filter or an output.
    Plugin(Plugin),
    /// Steps for some events, and others for the rest.
    If {
        /// Which ones.
        condition: Condition,
        /// What happens to them.
        then: Vec<Step>,
        /// What happens to the rest; nothing where it is empty.
        otherwise: Vec<Step>,
    },
}

impl Step {
    /// Steps for some events only.
    pub fn when(condition: Condition, then: impl IntoIterator<Item = Step>) -> Self {
        Self::If {
            condition,
            then: then.into_iter().collect(),
            otherwise: Vec::new(),
        }
    }

    /// The same with these steps for the rest.
    pub fn otherwise(self, steps: impl IntoIterator<Item = Step>) -> Self {
        match self {
            Self::If {
                condition, then, ..
            } => Self::If {
                condition,
                then,
                otherwise: steps.into_iter().collect(),
            },
            Self::Plugin(_) => self,
        }
    }
}

impl From<Plugin> for Step {
    fn from(plugin: Plugin) -> Self {
        Self::Plugin(plugin)
    }
}

/// A whole pipeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pipeline {
    /// Where events come from.
    pub inputs: Vec<Plugin>,
    /// What is done with them.
    pub filters: Vec<Step>,
    /// Where they go.
    pub outputs: Vec<Step>,
}

impl Pipeline {
    /// The file's text.
    pub fn to_text(&self) -> String {
        writer::write(self)
    }
}
