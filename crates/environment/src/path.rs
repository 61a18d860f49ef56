//! Makes the dotted paths by which people name a value: `services.invoices.ports[0]`.

use std::fmt;
use std::str::FromStr;

/// One step of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// Into the value of a key.
    Key(String),
    /// Into an item of a list, counted from 0.
    Index(usize),
}

/// The way from the top of an environment to one of its values.
///
/// Keys are joined by dots, items are `[0]`; a key that holds a dot, a bracket or a quote stands in double quotes:
/// `labels."app.kubernetes.io/name"`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(Vec<Segment>);

/// A text that is no path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is not the path of a value: expected keys joined by dots, such as `services.invoices.ports[0]`"
)]
pub struct InvalidPath {
    text: String,
}

impl Path {
    /// The steps, from the top.
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    pub(crate) fn push(&mut self, segment: Segment) {
        self.0.push(segment);
    }

    pub(crate) fn pop(&mut self) {
        self.0.pop();
    }
}

impl FromIterator<Segment> for Path {
    fn from_iter<I: IntoIterator<Item = Segment>>(segments: I) -> Self {
        Self(segments.into_iter().collect())
    }
}

fn is_bare(key: &str) -> bool {
    !key.is_empty() && !key.contains(['.', '[', ']', '"', '\\'])
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Index(index) => write!(formatter, "[{index}]")?,
                Segment::Key(key) => {
                    let dot = if position == 0 { "" } else { "." };
                    if is_bare(key) {
                        write!(formatter, "{dot}{key}")?;
                    } else {
                        write!(
                            formatter,
                            "{dot}\"{}\"",
                            key.replace('\\', "\\\\").replace('"', "\\\"")
                        )?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl FromStr for Path {
    type Err = InvalidPath;

    fn from_str(text: &str) -> Result<Self, InvalidPath> {
        let invalid = || InvalidPath {
            text: text.to_owned(),
        };
        let mut segments = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            if let Some(index) = rest.strip_prefix('[') {
                let (digits, after) = index.split_once(']').ok_or_else(invalid)?;
                segments.push(Segment::Index(digits.parse().map_err(|_| invalid())?));
                rest = after;
                continue;
            }
            if !segments.is_empty() {
                rest = rest.strip_prefix('.').ok_or_else(invalid)?;
            }
            let (key, after) = split_key(rest).ok_or_else(invalid)?;
            segments.push(Segment::Key(key));
            rest = after;
        }
        if segments.is_empty() {
            Err(invalid())
        } else {
            Ok(Self(segments))
        }
    }
}

/// The key at the start of a path, and what follows it.
fn split_key(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(['.', '[']).unwrap_or(text.len());
        let (key, rest) = text.split_at(end);
        return is_bare(key).then(|| (key.to_owned(), rest));
    };
    let mut key = String::new();
    let mut characters = quoted.char_indices();
    while let Some((position, character)) = characters.next() {
        match character {
            '"' => return Some((key, &quoted[position + 1..])),
            '\\' => key.push(characters.next()?.1),
            other => key.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_as_it_is_written() {
        for text in [
            "name",
            "services.api-gateway.port",
            "zones[0]",
            "pools[1].taints[0].key",
            r#"labels."a.b/c".x"#,
            r#""a\"\\b""#,
        ] {
            let path: Path = text.parse().unwrap();
            assert_eq!(path.to_string(), text);
        }
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for text in [
            "", ".", "a.", ".a", "a..b", "a[", "a[x]", "a[0]b", "\"open", "a]b",
        ] {
            assert!(text.parse::<Path>().is_err(), "{text}");
        }
    }
}
