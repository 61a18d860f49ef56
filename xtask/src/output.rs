//! Answers on standard output, which may be a pipe that somebody stopped reading.

use std::fmt::Arguments;
use std::io::{self, Write as _};

/// Writes an answer. Whoever closed the pipe wants no more of it, so that a failure is none.
pub(crate) fn write(text: Arguments<'_>) {
    let _ = io::stdout().lock().write_fmt(text);
}

/// Appends a line to a text.
pub(crate) fn line(text: &mut String, content: &str) {
    text.push_str(content);
    text.push('\n');
}

/// Writes to standard output as `print!` does, and leaves a closed pipe alone.
macro_rules! answer {
    ($($text:tt)*) => {
        $crate::output::write(format_args!($($text)*))
    };
}

/// Writes a line to standard output as `println!` does, and leaves a closed pipe alone.
macro_rules! answer_line {
    ($($text:tt)*) => {
        $crate::output::write(format_args!("{}\n", format_args!($($text)*)))
    };
}
