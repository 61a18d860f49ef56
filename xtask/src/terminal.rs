//! Whether to use colours, and the few that are used.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line is where the process environment is read"
)]

use std::io::{self, IsTerminal};

use crate::arguments::Color;

/// Whether text for standard output and for standard error is coloured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    /// On standard output.
    pub(crate) output: Paint,
    /// On standard error.
    pub(crate) error: Paint,
}

impl Terminal {
    /// As the command line, the process environment and the terminal say.
    pub(crate) fn new(color: Color) -> Self {
        // https://no-color.org: set and not empty.
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let paint = |is_terminal: bool| Paint {
            coloured: match color {
                Color::Always => true,
                Color::Never => false,
                Color::Auto => is_terminal && !no_color,
            },
        };
        Self {
            output: paint(io::stdout().is_terminal()),
            error: paint(io::stderr().is_terminal()),
        }
    }
}

/// Colours, or none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    /// Whether there are colours.
    pub(crate) coloured: bool,
}

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        if self.coloured {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    /// What the eye should find first.
    pub(crate) fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    /// Something new.
    pub(crate) fn green(self, text: &str) -> String {
        self.with("32", text)
    }

    /// Something different.
    pub(crate) fn yellow(self, text: &str) -> String {
        self.with("33", text)
    }

    /// Something gone or wrong.
    pub(crate) fn red(self, text: &str) -> String {
        self.with("31", text)
    }
}
