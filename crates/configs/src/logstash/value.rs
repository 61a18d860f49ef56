//! Values of a plugin's options, and references to fields of events.

use std::fmt;

use names::EnvironmentVariable;

use crate::text::{plain_values, text_type};

text_type! {
    /// A field of an event: `[kubernetes][labels]`, or at the top `[message]`.
    FieldReference, "field reference", is_field, "names of letters, digits and `_@-`, each in square brackets", "[kubernetes][labels]"
}

const fn is_field(text: &[u8]) -> bool {
    let mut at = 0;
    while at < text.len() {
        if text[at] != b'[' {
            return false;
        }
        at += 1;
        let start = at;
        while at < text.len()
            && (text[at].is_ascii_alphanumeric() || matches!(text[at], b'_' | b'@' | b'-'))
        {
            at += 1;
        }
        if at == start || at == text.len() || text[at] != b']' {
            return false;
        }
        at += 1;
    }
    at > 0
}

/// What stands behind an option's arrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number.
    Number(u64),
    /// `true` or `false`.
    Switch(bool),
    /// A list.
    List(Vec<Value>),
    /// Names with values, in their order.
    Table(Vec<(String, Value)>),
    /// What an environment variable holds when the pipeline starts.
    Environment(EnvironmentVariable),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write_text(f, text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Switch(on) => write!(f, "{on}"),
            Self::List(values) => {
                f.write_str("[")?;
                for (at, value) in values.iter().enumerate() {
                    write!(f, "{}{value}", if at > 0 { ", " } else { "" })?;
                }
                f.write_str("]")
            }
            Self::Table(entries) => {
                f.write_str("{")?;
                for (name, value) in entries {
                    f.write_str(" ")?;
                    write_text(f, name)?;
                    write!(f, " => {value}")?;
                }
                f.write_str(" }")
            }
            Self::Environment(variable) => write!(f, "\"${{{variable}}}\""),
        }
    }
}

/// In the quotes that do not occur in the text: a backslash is a character like any other, so that nothing can be escaped.
/// A text with both kinds keeps its double ones as the single ones that they are closest to.
fn write_text(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    match (text.contains('"'), text.contains('\'')) {
        (false, _) => write!(f, "\"{text}\""),
        (true, false) => write!(f, "'{text}'"),
        (true, true) => write!(f, "\"{}\"", text.replace('"', "'")),
    }
}

plain_values!(Value);

impl From<&FieldReference> for Value {
    fn from(field: &FieldReference) -> Self {
        Self::Text(field.to_string())
    }
}

impl From<&EnvironmentVariable> for Value {
    fn from(variable: &EnvironmentVariable) -> Self {
        Self::Environment(variable.clone())
    }
}

impl<T: Into<Self>> From<Vec<T>> for Value {
    fn from(values: Vec<T>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}

#[cfg(test)]
mod tests {
    use names::{EnvironmentVariable, name};

    use super::{FieldReference, Value};

    #[test]
    fn texts_stand_in_the_quotes_that_they_do_not_have() {
        assert_eq!(Value::from(r"\d+").to_string(), r#""\d+""#);
        assert_eq!(Value::from("it's").to_string(), r#""it's""#);
        assert_eq!(Value::from(r#""level""#).to_string(), r#"'"level"'"#);
    }

    #[test]
    fn lists_tables_and_the_environment() {
        assert_eq!(Value::from(vec!["a", "b"]).to_string(), r#"["a", "b"]"#);
        let table = Value::Table(vec![
            ("a".to_owned(), 1.into()),
            ("b".to_owned(), true.into()),
        ]);
        assert_eq!(table.to_string(), r#"{ "a" => 1 "b" => true }"#);
        let variable = name!(EnvironmentVariable, "PASSWORD");
        assert_eq!(Value::from(&variable).to_string(), r#""${PASSWORD}""#);
    }

    #[test]
    fn field_references_are_names_in_brackets() {
        for field in ["[a]", "[@metadata][id]", "[a_b][c-d]"] {
            assert!(field.parse::<FieldReference>().is_ok(), "{field}");
        }
        for field in ["", "a", "[]", "[a", "[a]b", "[a b]", "[a][]"] {
            assert!(field.parse::<FieldReference>().is_err(), "{field}");
        }
    }
}
