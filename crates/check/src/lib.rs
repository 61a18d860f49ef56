//! Everything about rendered manifests that can be judged without a cluster.
//!
//! [`check`] takes the objects and what is known about the cluster around them, and hands back a [`Report`]. It sees
//! data only, never the code that made them, so that it cannot share its mistakes.

mod api;
pub mod capacity;
mod cel;
pub mod change;
mod cluster;
mod context;
mod definitions;
pub mod disruption;
mod document;
pub mod expressions;
mod files;
mod format;
pub mod github;
pub mod graph;
pub mod json;
pub mod junit;
mod monitoring;
pub mod network;
mod page;
pub mod parallel;
mod path;
mod pattern;
mod pointer;
pub mod promql;
mod quantity;
pub mod read;
mod report;
pub mod rights;
mod rule;
mod rules;
pub mod sarif;
mod security;
mod selection;
pub mod stored;
mod syntax;
pub mod text;
mod waivers;

pub use context::{Context, DeclaredEnd, DeclaredFlow, ExternalObject, ExternalPods};
pub use document::{Document, Source};
pub use files::{TextFile, check_files};
pub use page::{Page, explanation, pages};
pub use pattern::matches;
pub use report::{EnvironmentValue, Excused, Finding, Report};
pub use rule::{Area, Rule, Severity};
pub use rules::rules;
pub use selection::{Selection, Selector, UnknownSelector};

use cluster::Cluster;
use monitoring::Monitoring;
use parallel::ordered;
use report::Findings;

/// Judges objects by all rules.
pub fn check(documents: &[Document], context: &Context<'_>) -> Report {
    check_by(documents, context, &Selection::default())
}

/// Judges objects by some rules. What no rule asks for is not looked at.
pub fn check_by(documents: &[Document], context: &Context<'_>, selection: &Selection) -> Report {
    check_after(&[], documents, context, selection)
}

/// Judges objects by some rules, and whether they can take the place of those that were there before.
pub fn check_after(
    before: &[Document],
    documents: &[Document],
    context: &Context<'_>,
    selection: &Selection,
) -> Report {
    let asked: Vec<&Rule> = rules()
        .into_iter()
        .filter(|rule| selection.admits(rule))
        .collect();
    let mut found = Vec::new();
    if asked.iter().any(|rule| rule.area == Area::Api) {
        found = api::check(documents, context);
        found.retain(|finding| selection.admits(finding.rule));
    }
    // The index of all objects costs as much as some of the rules.
    let between: Vec<_> = asked
        .iter()
        .filter_map(|rule| Some((*rule, rule.check?)))
        .collect();
    if !between.is_empty() {
        let mut cluster = Cluster::new(documents, context);
        if asked.iter().any(|rule| rule.area == Area::Metrics) {
            cluster.monitoring = Monitoring::of(documents);
        }
        if between.iter().any(|(rule, _)| rule.area == Area::Capacity) {
            cluster = cluster.with_capacity(documents, context, &[capacity::At::Minimum]);
        }
        let judged = ordered(
            context.threads,
            between.len(),
            || (),
            |(), index| {
                let (rule, check) = between[index];
                let mut found = Vec::new();
                check(&cluster, &mut Findings::of(rule, &mut found));
                found
            },
        );
        found.extend(judged.into_iter().flatten());
    }
    if !before.is_empty() {
        found.extend(change::refused_of_trees(
            before, documents, context, selection,
        ));
    }
    let idle = &rules::delivery::idle_exception::RULE;
    let mut report = report::settle(
        documents,
        found,
        selection.admits(idle).then_some(idle),
        context.today,
    );
    report.rules = asked.len();
    report
}
