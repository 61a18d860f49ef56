//! What a label of an alert must be.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::prometheus::LabelName;

/// How a label is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    Expression,
}

/// A condition on one label, written `severity="critical"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matcher {
    label: LabelName,
    comparison: Comparison,
    value: String,
}

impl Matcher {
    /// The label has this value; the empty one also fits an alert without the label.
    pub fn equal(label: LabelName, value: impl Into<String>) -> Self {
        Self {
            label,
            comparison: Comparison::Equal,
            value: value.into(),
        }
    }

    /// The label has one of these values, which are taken literally.
    pub fn one_of<'a>(label: LabelName, values: impl IntoIterator<Item = &'a str>) -> Self {
        let values: Vec<String> = values.into_iter().map(literal).collect();
        Self {
            label,
            comparison: Comparison::Expression,
            value: values.join("|"),
        }
    }

    /// The label that is compared.
    pub fn label(&self) -> &LabelName {
        &self.label
    }

    /// The values that fit, where the matcher lists them.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.value.split('|')
    }
}

/// A value in which no character has a meaning in RE2.
fn literal(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for character in value.chars() {
        if r"\.+*?()|[]{}^$".contains(character) {
            text.push('\\');
        }
        text.push(character);
    }
    text
}

impl fmt::Display for Matcher {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let comparison = match self.comparison {
            Comparison::Equal => "=",
            Comparison::Expression => "=~",
        };
        let value = self
            .value
            .replace('\\', r"\\")
            .replace('"', "\\\"")
            .replace('\n', r"\n");
        write!(formatter, "{}{comparison}\"{value}\"", self.label)
    }
}

impl Serialize for Matcher {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Matcher;
    use crate::prometheus::LabelName;

    #[test]
    fn values_are_quoted_and_taken_literally() {
        let label = || LabelName::from_static("job");
        assert_eq!(
            Matcher::equal(label(), "a\"b\\c").to_string(),
            r#"job="a\"b\\c""#
        );
        assert_eq!(
            Matcher::one_of(label(), ["a.b", "c"]).to_string(),
            r#"job=~"a\\.b|c""#
        );
    }
}
