//! JSON text of documents for the HTTP API.

use serde::Serialize;

/// The document's text, ending with a line feed.
///
/// Plain derived types always serialise; should one refuse after all, the text is no JSON and carries the reason, so
/// that Elasticsearch refuses it and says why.
pub(super) fn text<T: Serialize>(document: &T) -> String {
    let text = serde_json::to_string_pretty(document);
    text.unwrap_or_else(|error| format!("refused: {error}")) + "\n"
}

/// An object without fields: `{}`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Empty {}
