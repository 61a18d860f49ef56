//! The lines of `postgresql.conf`: values in PostgreSQL's own units, under headings.

use std::fmt::{self, Write as _};

use names::{Bytes, Duration};

/// Units of sizes from the largest down; PostgreSQL's are powers of 1024.
const SIZES: [(&str, u64); 4] = [
    ("TB", 1 << 40),
    ("GB", 1 << 30),
    ("MB", 1 << 20),
    ("kB", 1 << 10),
];

/// A value of a setting.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// `on` or `off`.
    Switch(bool),
    /// A number without a unit.
    Number(u64),
    /// A fraction, in hundredths.
    Hundredths(u32),
    /// An amount of memory or storage.
    Size(Bytes),
    /// A length of time.
    Time(Duration),
    /// A bare word out of a closed set.
    Word(&'static str),
    /// Any text.
    Text(String),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Switch(on) => f.write_str(if *on { "on" } else { "off" }),
            Self::Number(number) => write!(f, "{number}"),
            Self::Hundredths(hundredths) => {
                write!(f, "{}.{:02}", hundredths / 100, hundredths % 100)
            }
            Self::Size(size) => match SIZES
                .iter()
                .find(|(_, unit)| size.get() > 0 && size.get().is_multiple_of(*unit))
            {
                Some((suffix, unit)) => write!(f, "{}{suffix}", size.get() / unit),
                None => write!(f, "{}B", size.get()),
            },
            Self::Time(time) => write!(f, "{}s", time.as_seconds()),
            Self::Word(word) => f.write_str(word),
            Self::Text(text) => write!(f, "'{}'", text.replace('\\', r"\\").replace('\'', "''")),
        }
    }
}

/// A file in the making.
#[derive(Default)]
pub(crate) struct Lines(String);

impl Lines {
    /// Begins a group of settings.
    pub(crate) fn heading(&mut self, heading: &'static str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str("# ");
        self.0.push_str(heading);
        self.0.push('\n');
    }

    /// Adds a setting.
    pub(crate) fn set(&mut self, name: &str, value: &Value) {
        // Writing to a `String` cannot fail.
        let _ = writeln!(self.0, "{name} = {value}");
    }

    /// The file's text.
    pub(crate) fn into_text(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use names::Bytes;

    use super::Value;

    #[test]
    fn sizes_use_the_largest_unit_that_divides_them() {
        assert_eq!(Value::Size(Bytes::gibi(2)).to_string(), "2GB");
        assert_eq!(Value::Size(Bytes::mebi(1536)).to_string(), "1536MB");
        assert_eq!(Value::Size(Bytes::kibi(64)).to_string(), "64kB");
        assert_eq!(Value::Size(Bytes::new(1000)).to_string(), "1000B");
    }

    #[test]
    fn texts_are_quoted_and_fractions_keep_two_digits() {
        assert_eq!(
            Value::Text("it's \\d".to_owned()).to_string(),
            r"'it''s \\d'"
        );
        assert_eq!(Value::Hundredths(110).to_string(), "1.10");
        assert_eq!(Value::Hundredths(5).to_string(), "0.05");
    }
}
