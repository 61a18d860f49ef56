//! Why a value has no YAML text.

use std::fmt::Display;

/// Why a value has no YAML text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A map has a list, a map or nothing as a key.
    #[error("a key must be a string, a number, a boolean or a unit variant")]
    Key,
    /// Entries were asked for, and the value is not a struct or a map.
    #[error("expected a struct or a map")]
    NotAMapping,
    /// The `Serialize` implementation of the value refused, with this reason.
    #[error("{0}")]
    Refused(String),
}

impl serde::ser::Error for Error {
    fn custom<T: Display>(reason: T) -> Self {
        Self::Refused(reason.to_string())
    }
}
