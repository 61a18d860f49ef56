//! What the targets share: a cluster to judge by.

use check::{Context, Document, Report};
use schemas::Store;
use serde_json::Value;

/// A cluster of the newest minor that is known, in which nothing else exists.
///
/// # Panics
///
/// Where no minor is known: there would be nothing to judge by.
pub fn context() -> Context<'static> {
    let store = Store::embedded();
    let newest = store.minors().filter_map(|minor| minor.parse().ok()).max();
    Context::new(newest.expect("schemas are committed"), store)
}

/// What the checks say of one object.
pub fn judge(object: Value) -> Report {
    check::check(&[Document::from_value(object, None)], &context())
}
