//! The error of every value in this crate: what was given, what was expected, and an example that
//! would do.

use std::fmt;

/// Longest part of the given text that a message repeats, in characters.
const SHOWN: usize = 80;

/// A text or number that is not a value of the type it was meant for.
///
/// ```text
/// invalid port name `HTTP`: expected lowercase letters, digits and single dashes, at most 15 characters, for example `http-metrics`
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "invalid {kind} `{}`: expected {expected}, for example `{example}`",
    Shown(given)
)]
pub struct Invalid {
    /// What the value was meant to be, as in `port name`.
    pub kind: &'static str,
    /// The text as it was given.
    pub given: String,
    /// The rule that it breaks, to be read after the word "expected".
    pub expected: &'static str,
    /// A value that is accepted.
    pub example: &'static str,
}

/// The error of the name types.
pub type InvalidName = Invalid;

impl Invalid {
    /// An error about `given`.
    pub fn new(
        kind: &'static str,
        given: impl Into<String>,
        expected: &'static str,
        example: &'static str,
    ) -> Self {
        Self {
            kind,
            given: given.into(),
            expected,
            example,
        }
    }
}

/// Writes a text on one line and not longer than a message can bear.
struct Shown<'a>(&'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut characters = self.0.chars();
        for character in characters.by_ref().take(SHOWN) {
            if character.is_control() {
                write!(f, "{}", character.escape_default())?;
            } else {
                write!(f, "{character}")?;
            }
        }
        if characters.next().is_some() {
            f.write_str("…")
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Invalid;

    #[test]
    fn the_message_names_the_rule_and_an_example() {
        let error = Invalid::new("port name", "HTTP", "lowercase letters", "http-metrics");
        assert_eq!(
            error.to_string(),
            "invalid port name `HTTP`: expected lowercase letters, for example `http-metrics`"
        );
    }

    #[test]
    fn long_and_many_lined_texts_are_shown_on_one_short_line() {
        let error = Invalid::new("name", format!("a\n{}", "b".repeat(500)), "less", "a");
        let message = error.to_string();
        assert!(message.starts_with("invalid name `a\\nbbb"), "{message}");
        assert!(message.contains("b…`"), "{message}");
        assert!(message.len() < 150, "{message}");
        assert_eq!(error.given.len(), 502, "the value itself stays whole");
    }
}
