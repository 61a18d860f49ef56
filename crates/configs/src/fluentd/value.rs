//! Values of parameters.

use std::collections::BTreeMap;
use std::fmt;

use names::{Bytes, Duration, EnvironmentVariable};

use crate::path::FilePath;
use crate::text::plain_values;

/// What stands behind a parameter's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number.
    Number(u64),
    /// `true` or `false`.
    Switch(bool),
    /// An amount of memory or storage.
    Size(Bytes),
    /// A length of time.
    Time(Duration),
    /// A list of texts.
    List(Vec<String>),
    /// A list of objects whose fields are texts.
    Objects(Vec<BTreeMap<String, String>>),
    /// What an environment variable holds when Fluentd starts: the way for secrets and for what
    /// only the pod knows.
    Environment(EnvironmentVariable),
}

/// Suffixes of sizes from the largest down; Fluentd's are powers of 1024.
const SIZES: [(&str, u64); 4] = [
    ("t", 1 << 40),
    ("g", 1 << 30),
    ("m", 1 << 20),
    ("k", 1 << 10),
];

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write_text(f, text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Switch(on) => write!(f, "{on}"),
            Self::Size(size) => match SIZES
                .iter()
                .find(|(_, unit)| size.get() > 0 && size.get().is_multiple_of(*unit))
            {
                Some((suffix, unit)) => write!(f, "{}{suffix}", size.get() / unit),
                None => write!(f, "{}", size.get()),
            },
            Self::Time(time) => write!(f, "{}s", time.as_seconds()),
            Self::List(texts) => {
                let texts: Vec<String> = texts.iter().map(|text| json(text)).collect();
                write!(f, "[{}]", texts.join(","))
            }
            Self::Objects(objects) => {
                let object = |object: &BTreeMap<String, String>| {
                    let fields: Vec<String> = object
                        .iter()
                        .map(|(name, value)| format!("{}:{}", json(name), json(value)))
                        .collect();
                    format!("{{{}}}", fields.join(","))
                };
                write!(
                    f,
                    "[{}]",
                    objects.iter().map(object).collect::<Vec<_>>().join(",")
                )
            }
            Self::Environment(variable) => write!(f, "\"#{{ENV['{variable}']}}\""),
        }
    }
}

/// Bare where every character is harmless, else in quotes.
fn write_text(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let harmless =
        |character: char| character.is_ascii_alphanumeric() || "_./:*@%+=,-$".contains(character);
    if !text.is_empty() && text.chars().all(harmless) {
        f.write_str(text)
    } else {
        write_quoted(f, text)
    }
}

/// In double quotes, where `#` would begin Ruby.
fn write_quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for character in text.chars() {
        match character {
            '"' | '\\' | '#' => write!(f, "\\{character}")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            _ => write!(f, "{character}")?,
        }
    }
    f.write_str("\"")
}

/// A JSON string.
fn json(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            _ if character.is_control() => {
                quoted.extend(format!("\\u{:04x}", u32::from(character)).chars());
            }
            _ => quoted.push(character),
        }
    }
    quoted + "\""
}

plain_values!(Value);

impl From<FilePath> for Value {
    fn from(path: FilePath) -> Self {
        Self::Text(path.to_string())
    }
}

impl From<Bytes> for Value {
    fn from(size: Bytes) -> Self {
        Self::Size(size)
    }
}

impl From<Duration> for Value {
    fn from(time: Duration) -> Self {
        Self::Time(time)
    }
}

impl From<Vec<String>> for Value {
    fn from(texts: Vec<String>) -> Self {
        Self::List(texts)
    }
}

impl From<Vec<BTreeMap<String, String>>> for Value {
    fn from(objects: Vec<BTreeMap<String, String>>) -> Self {
        Self::Objects(objects)
    }
}

impl From<EnvironmentVariable> for Value {
    fn from(variable: EnvironmentVariable) -> Self {
        Self::Environment(variable)
    }
}

#[cfg(test)]
mod tests {
    use names::{Bytes, Duration, EnvironmentVariable, name};

    use super::Value;

    #[test]
    fn harmless_texts_are_bare_and_others_quoted() {
        assert_eq!(
            Value::from("/var/log/containers/*.log").to_string(),
            "/var/log/containers/*.log"
        );
        assert_eq!(Value::from("%Y.%m.%d").to_string(), "%Y.%m.%d");
        assert_eq!(Value::from("").to_string(), "\"\"");
        assert_eq!(Value::from("a b").to_string(), "\"a b\"");
        assert_eq!(Value::from("[a]").to_string(), "\"[a]\"");
        assert_eq!(
            Value::from("it's \"#{1 + 1}\"\\\n").to_string(),
            r#""it's \"\#{1 + 1}\"\\\n""#
        );
    }

    #[test]
    fn amounts_have_fluentd_s_suffixes() {
        assert_eq!(Value::from(Bytes::mebi(8)).to_string(), "8m");
        assert_eq!(Value::from(Bytes::gibi(2)).to_string(), "2g");
        assert_eq!(Value::from(Bytes::new(1000)).to_string(), "1000");
        assert_eq!(Value::from(Duration::minutes(2)).to_string(), "120s");
    }

    #[test]
    fn lists_and_the_environment() {
        assert_eq!(
            Value::from(vec!["a".to_owned(), "b c".to_owned()]).to_string(),
            r#"["a","b c"]"#
        );
        assert_eq!(
            Value::from(vec!["#\"\\\n".to_owned()]).to_string(),
            r##"["#\"\\\u000a"]"##
        );
        let unit = std::collections::BTreeMap::from([(
            "_SYSTEMD_UNIT".to_owned(),
            "kubelet.service".to_owned(),
        )]);
        assert_eq!(
            Value::from(vec![unit]).to_string(),
            r#"[{"_SYSTEMD_UNIT":"kubelet.service"}]"#
        );
        assert_eq!(
            Value::from(name!(EnvironmentVariable, "USER")).to_string(),
            "\"#{ENV['USER']}\""
        );
    }
}
