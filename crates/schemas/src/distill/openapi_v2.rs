//! `swagger.json`: every kind of a minor in one document, from 1.34 on with the enum values of its
//! fields.

use serde_json::Value;

use super::openapi::{self, Document};
use super::{Problem, node};

/// Whether this is such a document.
pub(crate) fn is_one(document: &Value) -> bool {
    document.get("swagger").and_then(Value::as_str) == Some("2.0")
}

/// Reads the document.
pub(crate) fn read(document: &Value) -> Result<Document, Problem> {
    let member = |keyword: &str| {
        node::object(
            keyword,
            document
                .get(keyword)
                .ok_or_else(|| Problem::missing(keyword))?,
        )
    };
    openapi::document(member("definitions")?, member("paths")?, body)
}

fn body(post: &Value) -> Option<&str> {
    let parameters = post.get("parameters")?.as_array()?;
    let body = parameters
        .iter()
        .find(|parameter| parameter.get("in").is_some_and(|place| place == "body"))?;
    body.pointer("/schema/$ref")?.as_str()
}
