//! How a command ends: clean, with something wrong in its input, or because it could not be carried out.

use std::error::Error;
use std::fmt;
use std::process::ExitCode;

/// How a command that was carried out ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Nothing is wrong: exit status 0.
    Clean,
    /// Something is wrong with what the command looked at, and was told: exit status 1.
    Wrong,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Clean => Self::SUCCESS,
            Outcome::Wrong => Self::FAILURE,
        }
    }
}

/// The exit status of a command that could not be carried out.
pub(crate) const COULD_NOT: u8 = 2;

/// Why a command could not be carried out.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    help: Option<String>,
}

impl Failure {
    /// Says why.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
        }
    }

    /// Says why with all causes of an error.
    pub(crate) fn of(error: &dyn Error) -> Self {
        Self::new(with_causes(error))
    }

    /// Adds what to do about it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The message of an error and those of its causes, unless a message has its cause in it already.
pub(crate) fn with_causes(error: &dyn Error) -> String {
    let mut message = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let cause_message = cause.to_string();
        if !message.contains(&cause_message) {
            message.push_str(": ");
            message.push_str(&cause_message);
        }
        next = cause.source();
    }
    message
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "error: {}", self.message)?;
        match &self.help {
            None => Ok(()),
            Some(help) => write!(formatter, "\n  = help: {help}"),
        }
    }
}
