//! Everything about rendered manifests that can be judged without a cluster.
//!
//! [`check`] takes the objects and what is known about the cluster around them, and hands back a [`Report`]. It sees
//! data only, never the code that made them, so that it cannot share its mistakes.

mod api;
mod cel;
mod cluster;
mod context;
mod document;
mod format;
pub mod json;
mod path;
mod pattern;
mod quantity;
mod report;
mod rule;
mod rules;
mod syntax;
pub mod text;

pub use context::{Context, ExternalObject, ExternalPods};
pub use document::{Document, Source};
pub use report::{Excused, Finding, Report};
pub use rule::{Area, Rule, Severity};
pub use rules::rules;

use cluster::Cluster;
use report::Findings;

/// Judges objects.
pub fn check(documents: &[Document], context: &Context<'_>) -> Report {
    let mut found = Vec::new();
    api::check(documents, context, &mut found);
    let cluster = Cluster::new(documents, context);
    for rule in rules() {
        if let Some(check) = rule.check {
            check(&cluster, &mut Findings::of(rule, &mut found));
        }
    }
    let mut report = report::settle(documents, found, &rules::delivery::idle_exception::RULE);
    report.rules = rules().len();
    report
}
