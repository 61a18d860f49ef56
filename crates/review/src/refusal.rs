//! What the API server refuses of a change.

use check::{Context, Document};

/// A field that the server does not let change.
pub(crate) struct Refusal {
    pub(crate) path: String,
    pub(crate) message: String,
}

/// What the server refuses when `old` becomes `new`.
pub(crate) fn refused(_old: &Document, _new: &Document, _context: &Context<'_>) -> Vec<Refusal> {
    Vec::new()
}
