//! Why an environment was not rendered.

use std::fmt;
use std::panic::Location;

use check::Report;
use manifest::{Duplicate, ResourceId};

use crate::write::WriteError;

/// Why an environment was not rendered. Nothing is written then.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Objects that want the same file.
    #[error("some objects are made twice")]
    Clashes(Vec<Clash>),
    /// The checks found errors.
    #[error("{}", check::text::summary(.0))]
    Findings(Report),
}

/// Why an application was not written.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// Objects of it that want the same file.
    #[error("some objects are made twice")]
    Clashes(Vec<Clash>),
    /// The writer refused a file.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Two objects that want one file, which means that they have one identity in one application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The file.
    pub path: String,
    /// The object and the Rust line that made it.
    pub first: (ResourceId, &'static Location<'static>),
    /// The other object and its line.
    pub second: (ResourceId, &'static Location<'static>),
}

impl From<Duplicate> for Clash {
    fn from(
        Duplicate {
            path,
            first,
            second,
        }: Duplicate,
    ) -> Self {
        Self {
            path,
            first,
            second,
        }
    }
}

impl fmt::Display for Clash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ((first, first_line), (second, second_line)) = (&self.first, &self.second);
        if first == second {
            write!(
                formatter,
                "{first} is made twice: by {first_line} and by {second_line}"
            )
        } else {
            let path = &self.path;
            write!(
                formatter,
                "{first} (by {first_line}) and {second} (by {second_line}) have the same file {path}"
            )
        }
    }
}
