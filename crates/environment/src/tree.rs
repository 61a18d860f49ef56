//! Makes the tree of an environment file: every value with the text it was written as and the place it stands at.

use crate::origin::Origin;
use crate::path::{Path, Segment};

/// One value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub content: Content,
    /// Where it stands.
    pub origin: Origin,
}

/// What a value is, before anybody says what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nothing: `key:`, `~` or `null`.
    Null,
    /// One word or text.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values, in the order of the file; no key stands twice.
    Mapping(Vec<(Key, Node)>),
}

/// A scalar as it was written: a plain `010`, `1_000` or `1.10` is read by the type that it is for, so nothing is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// The text, without quotes and with escapes resolved.
    pub text: String,
    /// Whether it stood in quotes or in a block, and is text whatever it looks like.
    pub quoted: bool,
}

/// What a plain scalar is for a YAML 1.2 reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarKind {
    /// `true` or `false`.
    Boolean,
    /// A whole number in decimal, octal (`0o`) or hexadecimal (`0x`) digits.
    Integer,
    /// A number with a point or an exponent.
    Float,
    /// Everything else, and everything in quotes.
    String,
}

/// A key of a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub origin: Origin,
}

/// A value at the end of a branch, as [`Node::leaves`] lists them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf<'a> {
    /// The way to it.
    pub path: Path,
    /// The scalar, or an empty list or mapping.
    pub node: &'a Node,
}

impl Scalar {
    /// What a YAML 1.2 reader takes it for.
    pub fn kind(&self) -> ScalarKind {
        if self.quoted {
            return ScalarKind::String;
        }
        match self.text.as_str() {
            "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => ScalarKind::Boolean,
            text if is_integer(text) => ScalarKind::Integer,
            text if is_float(text) => ScalarKind::Float,
            _ => ScalarKind::String,
        }
    }
}

fn is_integer(text: &str) -> bool {
    if let Some(digits) = text.strip_prefix("0x") {
        return !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return !digits.is_empty() && digits.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_float(text: &str) -> bool {
    let number = text.strip_prefix(['-', '+']).unwrap_or(text);
    match number {
        ".inf" | ".Inf" | ".INF" => true,
        _ if text == ".nan" || text == ".NaN" || text == ".NAN" => true,
        // `f64` also takes `inf`, `nan` and `infinity`, which are words in YAML.
        _ => {
            number.starts_with(|first: char| first.is_ascii_digit() || first == '.')
                && number.parse::<f64>().is_ok()
        }
    }
}

impl Node {
    /// A plain scalar with the origin of the value that it takes the place of.
    pub fn scalar(text: impl Into<String>, origin: Origin) -> Self {
        Self {
            content: Content::Scalar(Scalar {
                text: text.into(),
                quoted: false,
            }),
            origin,
        }
    }

    /// What it is, in words for a message: `a number`, `a list` …
    pub fn kind(&self) -> &'static str {
        match &self.content {
            Content::Null => "nothing",
            Content::Sequence(_) => "a list",
            Content::Mapping(_) => "a mapping",
            Content::Scalar(scalar) => match scalar.kind() {
                ScalarKind::Boolean => "a boolean",
                ScalarKind::Integer | ScalarKind::Float => "a number",
                ScalarKind::String => "a text",
            },
        }
    }

    /// The value of a key, where this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|(_, node)| node)
    }

    /// A key and its value, where this is a mapping that has it.
    pub fn entry(&self, key: &str) -> Option<&(Key, Self)> {
        let Content::Mapping(entries) = &self.content else {
            return None;
        };
        entries.iter().find(|(candidate, _)| candidate.text == key)
    }

    /// The value at a path.
    pub fn at(&self, path: &Path) -> Option<&Self> {
        path.segments()
            .iter()
            .try_fold(self, |node, segment| match (segment, &node.content) {
                (Segment::Key(key), Content::Mapping(_)) => node.get(key),
                (Segment::Index(index), Content::Sequence(items)) => items.get(*index),
                _ => None,
            })
    }

    pub(crate) fn at_mut(&mut self, path: &Path) -> Option<&mut Self> {
        path.segments()
            .iter()
            .try_fold(self, |node, segment| match (segment, &mut node.content) {
                (Segment::Key(key), Content::Mapping(entries)) => entries
                    .iter_mut()
                    .find(|(candidate, _)| candidate.text == *key)
                    .map(|(_, value)| value),
                (Segment::Index(index), Content::Sequence(items)) => items.get_mut(*index),
                _ => None,
            })
    }

    /// How many values and keys the tree holds.
    pub fn count(&self) -> usize {
        1 + match &self.content {
            Content::Null | Content::Scalar(_) => 0,
            Content::Sequence(items) => items.iter().map(Self::count).sum(),
            Content::Mapping(entries) => entries.iter().map(|(_, value)| 1 + value.count()).sum(),
        }
    }

    /// Every value at the end of a branch with the way to it, in the order of the file.
    pub fn leaves(&self) -> Vec<Leaf<'_>> {
        let mut leaves = Vec::new();
        self.collect(&mut Path::default(), &mut leaves);
        leaves
    }

    fn collect<'a>(&'a self, path: &mut Path, leaves: &mut Vec<Leaf<'a>>) {
        match &self.content {
            Content::Sequence(items) if !items.is_empty() => {
                for (index, item) in items.iter().enumerate() {
                    path.push(Segment::Index(index));
                    item.collect(path, leaves);
                    path.pop();
                }
            }
            Content::Mapping(entries) if !entries.is_empty() => {
                for (key, value) in entries {
                    path.push(Segment::Key(key.text.clone()));
                    value.collect(path, leaves);
                    path.pop();
                }
            }
            _ => leaves.push(Leaf {
                path: path.clone(),
                node: self,
            }),
        }
    }

    /// The same tree with another text for one plain scalar; the place stays. `None` where the path leads to no scalar.
    pub fn with_text(&self, path: &Path, text: &str) -> Option<Self> {
        self.with_texts([(path, text)])
    }

    /// The same tree with other texts for some plain scalars; the places stay. `None` where a path leads to no scalar.
    pub fn with_texts<'t>(
        &self,
        texts: impl IntoIterator<Item = (&'t Path, &'t str)>,
    ) -> Option<Self> {
        let mut changed = self.clone();
        for (path, text) in texts {
            let leaf = changed.at_mut(path)?;
            let Content::Scalar(scalar) = &mut leaf.content else {
                return None;
            };
            text.clone_into(&mut scalar.text);
        }
        Some(changed)
    }

    /// The same tree without what is at a path. `None` where the path leads nowhere.
    pub fn without(&self, path: &Path) -> Option<Self> {
        let (last, above) = path.segments().split_last()?;
        let mut changed = self.clone();
        let parent = changed.at_mut(&above.iter().cloned().collect())?;
        match (last, &mut parent.content) {
            (Segment::Key(name), Content::Mapping(entries)) => {
                let position = entries.iter().position(|(key, _)| key.text == *name)?;
                entries.remove(position);
            }
            (Segment::Index(index), Content::Sequence(items)) if *index < items.len() => {
                items.remove(*index);
            }
            _ => return None,
        }
        Some(changed)
    }

    /// The same tree with another value at a path. `None` where the path leads nowhere.
    pub fn with(&self, path: &Path, value: Self) -> Option<Self> {
        let mut changed = self.clone();
        *changed.at_mut(path)? = value;
        Some(changed)
    }
}
