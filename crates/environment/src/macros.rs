//! What the macros of this crate expand to; not meant to be called by hand.

pub use serde_json::{Value as Json, json};

use crate::decode::{Context, Value};
use crate::origin::Origin;
use crate::schema::Definitions;
use crate::tree::{Content, Key, Node};

/// Adds what is expected to a hand-written schema, as its description.
pub fn schema_of(expected: &str, mut schema: Json) -> Json {
    if let Json::Object(members) = &mut schema {
        members
            .entry("description")
            .or_insert_with(|| expected.into());
    }
    schema
}

/// How long the key of a field is.
pub const fn key_length(field: &str) -> usize {
    let bytes = field.as_bytes();
    let mut length = 0;
    let mut index = raw_prefix(bytes);
    while index < bytes.len() {
        if bytes[index] != b'_' {
            length += 1;
        }
        index += 1;
    }
    length
}

/// The key of a field: its name in camel case.
pub const fn key_bytes<const LENGTH: usize>(field: &str) -> [u8; LENGTH] {
    let bytes = field.as_bytes();
    let mut key = [0; LENGTH];
    let mut written = 0;
    let mut index = raw_prefix(bytes);
    while index < bytes.len() {
        if bytes[index] != b'_' {
            let starts_word = written > 0 && bytes[index - 1] == b'_';
            key[written] = if starts_word {
                bytes[index].to_ascii_uppercase()
            } else {
                bytes[index]
            };
            written += 1;
        }
        index += 1;
    }
    key
}

/// A field may be called `r#type`.
const fn raw_prefix(bytes: &[u8]) -> usize {
    if bytes.len() > 2 && bytes[0] == b'r' && bytes[1] == b'#' {
        2
    } else {
        0
    }
}

/// The key of a field as text; a field name that is not UTF-8 cannot be written in Rust.
pub const fn key_text(bytes: &'static [u8]) -> &'static str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => "",
    }
}

/// The lines of a doc comment as one text.
pub fn documentation(lines: &[&str]) -> String {
    let mut text = String::new();
    for line in lines {
        let line = line.trim();
        match (line.is_empty(), text.is_empty() || text.ends_with('\n')) {
            (true, false) => text.push('\n'),
            (true, true) => {}
            (false, false) => {
                text.push(' ');
                text.push_str(line);
            }
            (false, true) => text.push_str(line),
        }
    }
    text.trim_end().to_owned()
}

/// The entries of a mapping while a record is read from it.
#[derive(Debug)]
pub struct Fields<'a> {
    entries: &'a [(Key, Node)],
    pointer: Origin,
    missing: Vec<(&'static str, String)>,
    /// Keys that a misspelt one stands for: they are not reported as missing too.
    meant: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// The entries of a node that has to be a mapping with no other keys than these.
    pub fn open(node: &'a Node, keys: &[&'static str], context: &mut Context) -> Option<Self> {
        let Content::Mapping(entries) = &node.content else {
            context.mismatch(
                node,
                &format!("a mapping ({})", crate::suggest::known("keys", keys)),
            );
            return None;
        };
        let mut meant = Vec::new();
        for (key, _) in entries {
            if context.diagnostics().are_too_many() {
                return None;
            }
            if !keys.contains(&key.text.as_str()) {
                meant.extend(context.unknown(&key.origin, "key", &key.text, keys));
            }
        }
        Some(Self {
            entries,
            pointer: context.pointer(node),
            missing: Vec::new(),
            meant,
        })
    }

    /// The value of a key, or what the type says for an absent one.
    pub fn get<T: Value>(&mut self, key: &'static str, context: &mut Context) -> Option<T> {
        if let Some((key, node)) = self.entry(key) {
            return context.inside_key(key, |context| T::decode(node, context));
        }
        let absent = T::absent();
        if absent.is_none() && !self.meant.contains(&key) {
            self.missing.push((key, T::expected()));
        }
        absent
    }

    /// The value of a key, or a default for an absent one.
    pub fn get_or<T: Value>(
        &mut self,
        key: &'static str,
        context: &mut Context,
        default: impl FnOnce() -> T,
    ) -> Option<T> {
        match self.entry(key) {
            Some((key, node)) => context.inside_key(key, |context| T::decode(node, context)),
            None => Some(default()),
        }
    }

    /// Reports the keys that are required and missing.
    pub fn finish(self, context: &mut Context) {
        if self.missing.is_empty() {
            return;
        }
        let path = context.path();
        let owner = if path.is_empty() {
            "the environment".to_owned()
        } else {
            format!("`{path}`")
        };
        let names: Vec<_> = self
            .missing
            .iter()
            .map(|(key, _)| format!("`{key}`"))
            .collect();
        let help: Vec<_> = self
            .missing
            .iter()
            .map(|(key, expected)| format!("`{key}` is {expected}"))
            .collect();
        context
            .error(&self.pointer, format!("{owner} lacks {}", names.join(", ")))
            .here(if names.len() == 1 {
                "this key is required"
            } else {
                "these keys are required"
            })
            .help(help.join("; "));
    }

    fn entry(&self, key: &str) -> Option<&'a (Key, Node)> {
        self.entries
            .iter()
            .find(|(candidate, _)| candidate.text == key)
    }
}

/// The only entry of a one-key mapping.
pub fn only_entry<'a>(
    node: &'a Node,
    words: &[&'static str],
    context: &mut Context,
) -> Option<&'a (Key, Node)> {
    let expected = format!("a mapping with one key, {}", one_of(words));
    let Content::Mapping(entries) = &node.content else {
        let word = words
            .iter()
            .find(|word| matches!(&node.content, Content::Scalar(scalar) if scalar.text == **word));
        let help = word.map(|word| format!("write `{{ {word}: {{ … }} }}`"));
        context.mismatch(node, &expected).maybe_help(help);
        return None;
    };
    match entries.as_slice() {
        [entry] => Some(entry),
        [] => {
            let (origin, path) = (context.pointer(node), context.path());
            context
                .error(&origin, format!("expected {expected}, found an empty one"))
                .here(path);
            None
        }
        [first, second, ..] => {
            let inherited = [first, second]
                .into_iter()
                .max_by_key(|(key, _)| key.origin.file);
            let help = match inherited {
                Some((key, _)) if first.0.origin.file != second.0.origin.file => {
                    format!("`{}: null` removes what is inherited", key.text)
                }
                _ => format!("write {expected}"),
            };
            let message = format!(
                "`{}` and `{}` exclude each other",
                first.0.text, second.0.text
            );
            context
                .error(&second.0.origin, message)
                .label(&first.0.origin, "the other one")
                .help(help);
            None
        }
    }
}

/// The schema of one field of a record.
pub fn property<T: Value>(definitions: &mut Definitions, lines: &[&str]) -> Json {
    let schema = definitions.value_of::<T>();
    crate::schema::described(schema, &documentation(lines))
}

/// `` `one`, `two` or `three` ``.
pub fn one_of(words: &[&str]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => "nothing".to_owned(),
    }
}

/// The word of a scalar that has to be one of a closed set.
pub fn word<'a>(node: &Node, words: &[&'a str], context: &mut Context) -> Option<&'a str> {
    let Content::Scalar(scalar) = &node.content else {
        context.mismatch(node, &one_of(words));
        return None;
    };
    known_word(&scalar.text, &node.origin, words, context)
}

/// A word that has to be one of a closed set.
pub fn known_word<'a>(
    text: &str,
    origin: &Origin,
    words: &[&'a str],
    context: &mut Context,
) -> Option<&'a str> {
    let found = words.iter().copied().find(|word| *word == text);
    if found.is_none() {
        let nearest = crate::suggest::nearest(text, words.iter().copied());
        let path = context.path();
        context
            .error(
                origin,
                format!(
                    "expected {}, found `{}`",
                    one_of(words),
                    crate::suggest::shortened(text)
                ),
            )
            .here(path)
            .maybe_help(nearest.map(|nearest| format!("did you mean `{nearest}`?")));
    }
    found
}
