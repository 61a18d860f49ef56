//! A file inside of an object, or a part of the object, with the place of everything in it.

use std::borrow::Cow;

use serde_json::Value as Json;

use crate::document::Document;
use crate::read::{self, Place, Unreadable};

/// A place in an object, or in a file that travels inside of it.
#[derive(Clone, Debug)]
pub(crate) struct Spot<'a> {
    pub(crate) document: &'a Document,
    /// The field, with the fields of the inner file behind those of the object.
    pub(crate) path: String,
    /// The line in the file of the object, where it differs from that of the field.
    pub(crate) line: Option<u32>,
}

/// What is looked into: a value, and where it stands.
pub(crate) struct Source<'a> {
    pub(crate) document: &'a Document,
    prefix: String,
    value: Cow<'a, Json>,
    /// The places inside of a file that is text in the object, and the line that comes before its first one.
    inner: Option<(Place, Option<u32>)>,
}

impl<'a> Source<'a> {
    /// A part of an object.
    pub(super) fn of_object(document: &'a Document, field: &str) -> Self {
        let value = document.value.get(field).unwrap_or(&Json::Null);
        Self {
            document,
            prefix: field.to_owned(),
            value: Cow::Borrowed(value),
            inner: None,
        }
    }

    /// A file of YAML or JSON that is the text of a field.
    pub(super) fn embedded(
        document: &'a Document,
        path: &str,
        text: &str,
    ) -> Result<Self, (Spot<'a>, Unreadable)> {
        // A text of one line was written beside its key, a longer one begins below it.
        let is_block = text.trim_end().contains('\n');
        let before = document.line_of(path).filter(|_| is_block);
        match read::value_of(text) {
            Ok((value, place)) => Ok(Self {
                document,
                prefix: path.to_owned(),
                value: Cow::Owned(value),
                inner: Some((place, before)),
            }),
            Err(fault) => {
                let spot = Spot {
                    document,
                    path: path.to_owned(),
                    line: before.map(|before| before + fault.line),
                };
                Err((spot, fault))
            }
        }
    }

    /// The value.
    pub(crate) fn value(&self) -> &Json {
        &self.value
    }

    /// The place of a field in the value, `groups[0].name`; empty for the value as a whole.
    pub(crate) fn spot(&self, field: &str) -> Spot<'a> {
        let path = match field {
            "" => self.prefix.clone(),
            _ => format!("{}.{field}", self.prefix),
        };
        let line = self
            .inner
            .as_ref()
            .and_then(|(place, before)| before.map(|before| before + place.line_of(field)));
        Spot {
            document: self.document,
            path,
            line,
        }
    }
}
