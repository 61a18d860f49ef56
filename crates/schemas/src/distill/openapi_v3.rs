//! The documents of the API groups of a minor (`v3/apis/apps/v1.json`): no enum values, but
//! defaults.

use serde_json::Value;

use super::openapi::{self, Document};
use super::{Problem, node};

/// Whether this is such a document.
pub(crate) fn is_one(document: &Value) -> bool {
    document
        .get("openapi")
        .and_then(Value::as_str)
        .is_some_and(|version| version.starts_with("3."))
}

/// Reads the document.
pub(crate) fn read(document: &Value) -> Result<Document, Problem> {
    let definitions = document
        .pointer("/components/schemas")
        .ok_or_else(|| Problem::missing("components.schemas"))?;
    let paths = document
        .get("paths")
        .ok_or_else(|| Problem::missing("paths"))?;
    openapi::document(
        node::object("components.schemas", definitions)?,
        node::object("paths", paths)?,
        body,
    )
}

fn body(post: &Value) -> Option<&str> {
    let contents = post.pointer("/requestBody/content")?.as_object()?;
    contents
        .values()
        .find_map(|content| content.pointer("/schema/$ref")?.as_str())
}
