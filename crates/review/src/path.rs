//! The path of a field, with the items of lists named by what tells them apart.

use std::fmt;

/// A step from a value to what is inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A field that the schema names.
    Field(String),
    /// A key of a map, which may hold dots and slashes.
    Key(String),
    /// An item of a list.
    Item {
        /// What tells it apart: its name, or its position where it has none.
        label: String,
        /// Its position, after the change where it is there then, else before.
        position: usize,
    },
    /// Into a text that is a file of its own: what comes next is inside of that file.
    Inside,
}

/// The path of a field, from the object down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldPath(pub Vec<Step>);

impl FieldPath {
    /// A field below.
    pub(crate) fn field(&self, name: &str) -> Self {
        self.then(Step::Field(name.to_owned()))
    }

    /// A key of a map below.
    pub(crate) fn key(&self, key: &str) -> Self {
        self.then(Step::Key(key.to_owned()))
    }

    /// An item of a list below.
    pub(crate) fn item(&self, label: String, position: usize) -> Self {
        self.then(Step::Item { label, position })
    }

    /// One step further.
    pub(crate) fn then(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    /// The path as the rules of `check` write it, positions in brackets: `spec.containers[0].image`. It ends where a file
    /// inside of the object begins.
    pub fn positions(&self) -> String {
        let mut text = String::new();
        for step in &self.0 {
            match step {
                Step::Field(name) => push_field(&mut text, name),
                Step::Key(key) => push_bracket(&mut text, key),
                Step::Item { position, .. } => push_bracket(&mut text, &position.to_string()),
                Step::Inside => break,
            }
        }
        text
    }

    /// The names of the fields alone, joined with dots, lists and maps left out: `spec.containers.image`.
    pub(crate) fn fields(&self) -> String {
        let mut text = String::new();
        for step in &self.0 {
            match step {
                Step::Field(name) => push_field(&mut text, name),
                Step::Inside => break,
                Step::Key(_) | Step::Item { .. } => {}
            }
        }
        text
    }

    /// Whether the field is `other` or below it; `other` is in the form of [`FieldPath::fields`].
    pub(crate) fn is_below(&self, other: &str) -> bool {
        let fields = self.fields();
        fields
            .strip_prefix(other)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// The last key of a map on the way.
    pub(crate) fn last_key(&self) -> Option<&str> {
        self.0.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            _ => None,
        })
    }
}

fn push_field(text: &mut String, name: &str) {
    if !text.is_empty() {
        text.push('.');
    }
    text.push_str(name);
}

fn push_bracket(text: &mut String, inner: &str) {
    text.push('[');
    text.push_str(inner);
    text.push(']');
}

impl fmt::Display for FieldPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut starts = true;
        for step in &self.0 {
            match step {
                Step::Field(name) => {
                    if !starts {
                        formatter.write_str(".")?;
                    }
                    formatter.write_str(name)?;
                }
                Step::Key(key) => write!(formatter, "[{key}]")?,
                Step::Item { label, .. } => write!(formatter, "[{label}]")?,
                Step::Inside => formatter.write_str(" ▸ ")?,
            }
            starts = matches!(step, Step::Inside);
        }
        Ok(())
    }
}
