//! Why an import or its verification cannot go on.

use std::path::PathBuf;

use crate::distill::Problem;

/// Why nothing was imported. Nothing has been written then.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file or folder cannot be read.
    #[error("failed to read {}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A data file cannot be written.
    #[error("failed to write {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A source is neither YAML nor JSON.
    #[error("{} cannot be read as {format}: {message}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// `YAML` or `JSON`.
        format: &'static str,
        /// What the reader said, with line and column.
        message: String,
    },
    /// A folder holds nothing that could be imported.
    #[error("{} holds no .yaml, .yml or .json file", path.display())]
    NothingFound {
        /// The folder.
        path: PathBuf,
    },
    /// A file holds no document, or only empty ones.
    #[error("{} is empty", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// A document describes no API.
    #[error(
        "{} holds {found}, which is neither a CustomResourceDefinition nor an OpenAPI document of Kubernetes",
        path.display()
    )]
    NotAnApi {
        /// The file.
        path: PathBuf,
        /// What the document is.
        found: String,
    },
    /// A document describes an API in a way that facts cannot be taken from.
    #[error("{}: {name}: {problem}", path.display())]
    NoFacts {
        /// The file.
        path: PathBuf,
        /// The object in it.
        name: String,
        /// What is wrong, and where.
        problem: Problem,
    },
    /// The files of a Kubernetes minor are in no folder named for it.
    #[error("{} is an OpenAPI document of Kubernetes, but no folder above it is named for the minor (`1.35`)", path.display())]
    NoMinor {
        /// The file.
        path: PathBuf,
    },
    /// Two files say different things about one version of a kind, or about one minor.
    #[error("{} and {} say different things about {about}", first.display(), second.display())]
    Conflict {
        /// The kind or minor.
        about: String,
        /// One file.
        first: PathBuf,
        /// The other.
        second: PathBuf,
    },
    /// A committed data file or the lock is not in its format.
    #[error("{} is damaged at line {line}; restore it and import again", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// Facts cannot be written as JSON.
    #[error("failed to encode the facts")]
    Encode(#[from] serde_json::Error),
}
