//! One object to judge, and where it comes from.

use std::borrow::Cow;
use std::panic::Location;

use manifest::{Exception, Manifest, ResourceId};
use serde_json::Value;

use crate::pointer::Lookup;
use crate::read::{Lines, Unreadable};

/// One object to judge.
#[derive(Clone, Debug)]
pub struct Document {
    /// What tells the object from every other.
    pub id: ResourceId,
    /// The whole object.
    pub value: Value,
    /// Where it comes from.
    pub source: Source,
    /// The findings that are known and accepted here.
    pub exceptions: Vec<Exception>,
    /// The keys that come twice in the file that it was read from.
    pub(crate) twice: Vec<Unreadable>,
}

/// Where an object comes from: the line of Rust that made it, the file that it is or will be written to, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The path of the YAML file.
    pub file: Option<String>,
    /// The line of Rust.
    pub origin: Option<&'static Location<'static>>,
    /// Where its fields stand in the file, where it was read from one.
    pub place: Option<Lines>,
}

impl Source {
    /// The line of a field, where the object was read from a file.
    pub fn line_of(&self, path: &str) -> Option<u32> {
        self.place.as_ref().map(|lines| lines.line_of(path))
    }
}

impl Document {
    /// The object of a manifest, which goes to `file`.
    pub fn from_manifest(manifest: &Manifest, file: Option<String>) -> Self {
        Self {
            id: manifest.id().clone(),
            value: manifest.value(),
            source: Source {
                file,
                origin: Some(manifest.origin()),
                place: None,
            },
            exceptions: manifest.exceptions().to_vec(),
            twice: Vec::new(),
        }
    }

    /// An object read from a file. What its identity lacks is left empty, and found by the rules.
    pub fn from_value(value: Value, file: Option<String>) -> Self {
        let text = |pointer: &str| {
            value
                .lookup(pointer)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let id = ResourceId {
            api_version: Cow::Owned(text("/apiVersion").unwrap_or_default()),
            kind: Cow::Owned(text("/kind").unwrap_or_default()),
            namespace: text("/metadata/namespace"),
            name: text("/metadata/name").unwrap_or_default(),
        };
        Self {
            id,
            value,
            source: Source {
                file,
                ..Source::default()
            },
            exceptions: Vec::new(),
            twice: Vec::new(),
        }
    }

    /// An object as it stands in a file.
    pub(crate) fn read_from(value: Value, file: &str, lines: Lines) -> Self {
        let mut document = Self::from_value(value, Some(file.to_owned()));
        document.source.place = Some(lines);
        document
    }

    /// The line of a field in the file that the object was read from.
    pub fn line_of(&self, path: &str) -> Option<u32> {
        self.source.line_of(path)
    }

    /// Accepts what a rule finds here.
    pub fn excuse(mut self, exception: Exception) -> Self {
        self.exceptions.push(exception);
        self
    }
}
