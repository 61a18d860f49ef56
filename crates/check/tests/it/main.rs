//! Every rule against a small good and a small bad input, and the texts and renderers of reports.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "the cases are files beside this one, and a helper of a test fails by panicking"
)]

mod capacity;
mod cases;
mod changes;
mod custom;
mod definitions;
mod demands;
mod exceptions;
mod flows;
mod ledger;
mod ledger_istio;
mod listing;
mod native;
mod pages;
mod raw;
mod raw_forms;
mod report;
mod rights;
mod rules;
mod together;
mod transitions;

use check::read::read;
use check::{Area, Context, Document, Finding, Report, Selection, Selector};
use schemas::Store;

/// A cluster in which nothing exists but the objects themselves.
fn context() -> Context<'static> {
    Context::new("1.35".parse().unwrap(), Store::embedded())
}

/// The files in a text: what stands below a line `# file: name`, or all of it.
fn files(text: &str) -> Vec<(&str, &str)> {
    const MARK: &str = "# file: ";
    if !text.starts_with(MARK) {
        return vec![("case.yaml", text)];
    }
    let parts = text.split(MARK).filter(|part| !part.is_empty());
    parts.map(|part| part.split_once('\n').unwrap()).collect()
}

/// The objects of a text of several YAML documents.
fn documents(text: &str) -> Vec<Document> {
    let of_file = |(name, text)| read(text, name).documents;
    files(text).into_iter().flat_map(of_file).collect()
}

fn judge(text: &str) -> Report {
    judge_by(text, &Selection::default())
}

/// The verdict of the API server alone.
fn judge_api(text: &str) -> Report {
    let selection = Selection {
        only: vec![Selector::Area(Area::Api)],
        skip: Vec::new(),
    };
    judge_by(text, &selection)
}

fn judge_by(text: &str, selection: &Selection) -> Report {
    let mut report = check::check_by(&documents(text), &context(), selection);
    for (name, text) in files(text) {
        let fault = read(text, name).fault;
        report.add(fault.iter().map(|fault| Finding::unreadable(name, fault)));
    }
    report
}
