//! `PromQL` expressions, and which metrics they ask for.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Serialize, Serializer};

use super::label::MetricName;

/// A `PromQL` expression.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expression(String);

impl Expression {
    /// An expression by its text; promtool in CI is what reads it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The metrics that it selects by name.
    ///
    /// ```
    /// use configs::prometheus::Expression;
    ///
    /// let expression = Expression::new(r#"sum by (job) (rate(http_requests_total{code="500"}[5m])) > 0 and up == 1"#);
    /// let metrics: Vec<String> = expression.metrics().iter().map(ToString::to_string).collect();
    /// assert_eq!(metrics, ["http_requests_total", "up"]);
    /// ```
    pub fn metrics(&self) -> BTreeSet<MetricName> {
        let mut metrics = BTreeSet::new();
        let mut rest = self.0.as_str();
        while let Some(first) = rest.chars().next() {
            rest = match first {
                '{' => after(rest, '{', '}'),
                '[' => after(rest, '[', ']'),
                '"' | '\'' | '`' => after_string(rest, first),
                _ if is_word(first) => {
                    let (word, after_word) = split_word(rest);
                    let next = after_word.trim_start();
                    if LABEL_LISTS.contains(&word) && next.starts_with('(') {
                        after(next, '(', ')')
                    } else {
                        if !next.starts_with('(')
                            && !first.is_ascii_digit()
                            && !WORDS.contains(&word.to_ascii_lowercase().as_str())
                        {
                            metrics.extend(word.parse());
                        }
                        after_word
                    }
                }
                _ => &rest[first.len_utf8()..],
            };
        }
        metrics
    }
}

/// Words with a list of labels in parentheses behind them.
const LABEL_LISTS: [&str; 6] = [
    "by",
    "without",
    "on",
    "ignoring",
    "group_left",
    "group_right",
];

/// Words that select nothing, even without a parenthesis behind them.
const WORDS: [&str; 27] = [
    "and",
    "or",
    "unless",
    "atan2",
    "bool",
    "offset",
    "inf",
    "nan",
    "by",
    "without",
    "on",
    "ignoring",
    "group_left",
    "group_right",
    "sum",
    "avg",
    "count",
    "min",
    "max",
    "group",
    "stddev",
    "stdvar",
    "topk",
    "bottomk",
    "quantile",
    "count_values",
    "limitk",
];

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | ':')
}

fn split_word(text: &str) -> (&str, &str) {
    text.split_at(
        text.find(|character| !is_word(character))
            .unwrap_or(text.len()),
    )
}

/// What follows the bracket that closes the one at the start, where brackets in strings do not
/// count.
fn after(text: &str, open: char, close: char) -> &str {
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if matches!(first, '"' | '\'' | '`') {
            rest = after_string(rest, first);
            continue;
        }
        rest = &rest[first.len_utf8()..];
        if first == open {
            depth += 1;
        } else if first == close {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                break;
            }
        }
    }
    rest
}

/// What follows the string at the start.
fn after_string(text: &str, quote: char) -> &str {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if character == '\\' && quote != '`' {
            escaped = true;
        } else if character == quote {
            return &text[at + character.len_utf8()..];
        }
    }
    ""
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for Expression {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Expression;

    fn metrics(text: &str) -> Vec<String> {
        Expression::new(text)
            .metrics()
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn functions_aggregations_labels_and_durations_are_no_metrics() {
        let text = r#"histogram_quantile(0.99, sum by (le, job) (rate(seconds_bucket{path=~"/a}b"}[5m]))) > 1e3 offset 5m"#;
        assert_eq!(metrics(text), ["seconds_bucket"]);
        assert_eq!(
            metrics("max_over_time(a{b='c'}[1h:5m]) unless on (x, y) z"),
            ["a", "z"]
        );
        assert_eq!(metrics("a / ignoring(c) group_left (d) b"), ["a", "b"]);
        assert_eq!(metrics("sum(a) without (b) > bool 0"), ["a"]);
    }

    #[test]
    fn numbers_times_and_constants_are_no_metrics() {
        assert_eq!(metrics("vector(1)"), Vec::<String>::new());
        assert_eq!(
            metrics("time() - 26 * 3600 > 0x1F or NaN"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn strings_hide_what_they_hold() {
        assert_eq!(
            metrics(r#"label_replace(a, "b", "$1 c{", "d", "\"e(")"#),
            ["a"]
        );
        assert_eq!(metrics("count_values('v', a)"), ["a"]);
    }

    #[test]
    fn names_of_recording_rules_count() {
        assert_eq!(metrics("job:up:sum > 1"), ["job:up:sum"]);
    }
}
