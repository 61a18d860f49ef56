//! What came of rendering one environment.

use std::path::PathBuf;

use environment::Diagnostics;
use render::{Drift, Refusal, Rendered, Summary, WriteError};

use crate::failure::Outcome;

/// What came of rendering one environment.
pub(super) struct Answer {
    /// Its name.
    pub(super) name: String,
    /// The folder of its tree.
    pub(super) folder: PathBuf,
    /// How far it got.
    pub(super) done: Done,
}

/// How far it got.
pub(super) enum Done {
    /// Its file has mistakes.
    Invalid(Diagnostics),
    /// The checks found errors.
    Refused(Refusal),
    /// The tree could not be written or compared as the folder is.
    NotWritten(WriteError),
    /// It went to standard output.
    Streamed(Rendered),
    /// It was compared with its folder.
    Compared(Rendered, Drift),
    /// It was written.
    Written(Rendered, Summary),
}

impl Answer {
    /// Whether anything is wrong.
    pub(super) fn outcome(&self) -> Outcome {
        match &self.done {
            Done::Invalid(_) | Done::Refused(_) | Done::NotWritten(_) => Outcome::Wrong,
            Done::Compared(_, drift) if !drift.is_none() => Outcome::Wrong,
            Done::Streamed(_) | Done::Compared(..) | Done::Written(..) => Outcome::Clean,
        }
    }

    /// What was rendered, where it came to that.
    pub(super) fn rendered(&self) -> Option<&Rendered> {
        match &self.done {
            Done::Streamed(rendered) | Done::Compared(rendered, _) | Done::Written(rendered, _) => {
                Some(rendered)
            }
            Done::Invalid(_) | Done::Refused(_) | Done::NotWritten(_) => None,
        }
    }
}
