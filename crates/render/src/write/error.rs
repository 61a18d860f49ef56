//! Why a tree was not written or not compared.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a tree was not written.
///
/// Everything but [`WriteError::Io`] is found before the first step that changes the folder.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The file system refused a step.
    #[error("failed to {action} {}", path.display())]
    Io {
        /// What was tried, as a verb.
        action: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A path of the tree could leave the folder or hide in it.
    #[error("{path:?} cannot be a path of a rendered tree: {fault}")]
    InvalidPath {
        /// The path.
        path: String,
        /// The rule it breaks.
        fault: &'static str,
    },
    /// Two objects would be written to the same file.
    #[error("two objects want the file {path}: one made by {first}, one by {second}")]
    Duplicate {
        /// The path both want.
        path: String,
        /// The Rust line of the first.
        first: String,
        /// The Rust line of the second.
        second: String,
    },
    /// Something that no render made stands where a file of the tree belongs.
    #[error("{}", Occupants { folder, occupied })]
    Occupied {
        /// The folder of the tree.
        folder: PathBuf,
        /// The paths below it, each with what stands there.
        occupied: Vec<(String, Occupant)>,
    },
    /// The ledger cannot be read, so that nobody knows which files are ours.
    #[error("{} is not a ledger: {source} (line {}, column {})", path.display(), source.line(), source.column())]
    Ledger {
        /// The ledger's file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The ledger was written by a later version of this program.
    #[error("{} has version {version}, and this program reads version {known}", path.display())]
    LedgerVersion {
        /// The ledger's file.
        path: PathBuf,
        /// The version it says.
        version: u32,
        /// The version this program writes.
        known: u32,
    },
    /// More of the tree would be removed than is likely to be meant.
    #[error("{removed} of the {of} files in {} would be removed", folder.display())]
    Shrink {
        /// The folder of the tree.
        folder: PathBuf,
        /// How many files would go.
        removed: usize,
        /// How many the ledger lists.
        of: usize,
    },
}

/// What stands where a file of the tree belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occupant {
    /// A file that is in no ledger, with another content.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, or something else that is neither a file nor a folder.
    Link,
}

impl fmt::Display for Occupant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::File => "a file that no render made",
            Self::Folder => "a folder",
            Self::Link => "a symbolic link",
        })
    }
}

impl WriteError {
    /// A refused step, for `map_err`.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io {
            action,
            path: path.to_owned(),
            source,
        }
    }

    /// Whether the machine refused, rather than the tree or the folder being wrong.
    pub fn is_io(&self) -> bool {
        matches!(self, Self::Io { .. })
    }

    /// What to do about it, where that is known.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Io { .. } | Self::InvalidPath { .. } => None,
            Self::Duplicate { .. } => Some("give one of the two another name or namespace"),
            Self::Occupied { .. } => {
                Some("move it out of the folder, or name the object otherwise")
            }
            Self::Ledger { .. } => Some(
                "take one side of it back from Git, for instance with `git checkout --ours`, and render again",
            ),
            Self::LedgerVersion { .. } => {
                Some("render with the version of the program that wrote it, or a later one")
            }
            Self::Shrink { .. } => Some("where that is meant, render with --allow-shrink"),
        }
    }
}

/// The occupied paths as one message: the first few by name.
struct Occupants<'a> {
    folder: &'a Path,
    occupied: &'a [(String, Occupant)],
}

impl fmt::Display for Occupants<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NAMED: usize = 5;
        for (index, (path, occupant)) in self.occupied.iter().take(NAMED).enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(
                formatter,
                "{separator}{} is {occupant}",
                self.folder.join(path).display()
            )?;
        }
        match self.occupied.len().saturating_sub(NAMED) {
            0 => Ok(()),
            more => write!(formatter, "; and {more} more"),
        }
    }
}
