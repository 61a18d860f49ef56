//! METR010: the metrics that queries ask for are exported.

use std::collections::BTreeSet;

use crate::cluster::Cluster;
use crate::monitoring::{Asker, Inventory};
use crate::promql::Expression;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The metrics that queries ask for are exported.
pub(super) static RULE: Rule = Rule {
    code: "METR010",
    area: Area::Metrics,
    severity: Severity::Warning,
    title: "the metrics that queries ask for are exported",
    why: "A query for a metric that nobody exports gives nothing: an alert on it stays silent, an autoscaler stays where it is.",
    fix: "Use the name that the exporter's documentation has.",
    absorbs: &["pint promql/series"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let queries = &cluster.monitoring.queries;
    let recorded: BTreeSet<&str> = queries
        .iter()
        .filter_map(|query| match &query.asker {
            Asker::Recording(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    for query in queries {
        let Ok(parsed) = &query.parsed else { continue };
        let mut said = BTreeSet::new();
        for node in parsed.nodes() {
            let Expression::Selector(selector) = &node.expression else {
                continue;
            };
            let Some(name) = selector.metric().filter(|name| !recorded.contains(name)) else {
                continue;
            };
            if let Some(unknown) = Inventory::embedded().unknown(name)
                && said.insert(name)
            {
                findings.add_at(
                    &query.spot,
                    format!("{} exports no {name}", unknown.exporter),
                    unknown
                        .nearest
                        .map(|near| format!("did you mean `{near}`?")),
                );
            }
        }
    }
}
