//! The path of a field, kept on the stack and written out only when something is found.

use std::fmt;

/// A step from the object to a field, and the steps before it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Path<'p> {
    /// The object itself.
    Root,
    /// A field of the schema.
    Field(&'p Path<'p>, &'p str),
    /// A key of a map, which may hold dots and slashes.
    Key(&'p Path<'p>, &'p str),
    /// An element of a list.
    Index(&'p Path<'p>, usize),
}

impl<'p> Path<'p> {
    /// A field below.
    pub(crate) fn field(&'p self, name: &'p str) -> Self {
        Self::Field(self, name)
    }

    /// A key below.
    pub(crate) fn key(&'p self, key: &'p str) -> Self {
        Self::Key(self, key)
    }

    /// An element below.
    pub(crate) fn index(&'p self, index: usize) -> Self {
        Self::Index(self, index)
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Field(Self::Root, name) => formatter.write_str(name),
            Self::Field(before, name) => write!(formatter, "{before}.{name}"),
            Self::Key(before, key) => write!(formatter, "{before}[{key}]"),
            Self::Index(before, index) => write!(formatter, "{before}[{index}]"),
        }
    }
}
