//! Every rule against a small good and a small bad input, and the texts and renderers of reports.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "the cases are files beside this one, and a helper of a test fails by panicking"
)]

mod cases;
mod custom;
mod exceptions;
mod native;
mod report;
mod rules;

use check::{Context, Document, Report};
use schemas::Store;

/// A cluster in which nothing exists but the objects themselves.
fn context() -> Context<'static> {
    Context::new("1.35".parse().unwrap(), Store::embedded())
}

/// The objects of a text of several YAML documents.
fn documents(text: &str) -> Vec<Document> {
    text.split("\n---\n")
        .map(|text| {
            Document::from_value(
                serde_saphyr::from_str(text).unwrap(),
                Some("case.yaml".to_owned()),
            )
        })
        .collect()
}

fn judge(text: &str) -> Report {
    check::check(&documents(text), &context())
}
