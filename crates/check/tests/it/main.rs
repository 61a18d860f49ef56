//! Every rule against a small good and a small bad input, and the texts and renderers of reports.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "the cases are files beside this one, and a helper of a test fails by panicking"
)]

mod capacity;
mod cases;
mod custom;
mod demands;
mod exceptions;
mod native;
mod report;
mod rules;

use check::read::read;
use check::{Context, Document, Finding, Report, Selection};
use schemas::Store;

/// A cluster in which nothing exists but the objects themselves.
fn context() -> Context<'static> {
    Context::new("1.35".parse().unwrap(), Store::embedded())
}

/// The objects of a text of several YAML documents.
fn documents(text: &str) -> Vec<Document> {
    read(text, "case.yaml").documents
}

fn judge(text: &str) -> Report {
    judge_by(text, &Selection::default())
}

fn judge_by(text: &str, selection: &Selection) -> Report {
    let content = read(text, "case.yaml");
    let mut report = check::check_by(&content.documents, &context(), selection);
    let fault = content.fault.iter();
    report.add(fault.map(|fault| Finding::unreadable("case.yaml", fault)));
    report
}
