//! METR009: what queries take from recording rules is recorded.

use std::collections::BTreeSet;

use crate::cluster::Cluster;
use crate::monitoring::Asker;
use crate::promql::Expression;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::syntax;

/// What queries take from recording rules is recorded.
pub(super) static RULE: Rule = Rule {
    code: "METR009",
    area: Area::Metrics,
    severity: Severity::Warning,
    title: "what queries take from recording rules is recorded",
    why: "Names with a colon are those of recording rules. Where the rule is gone the query gives nothing, and an alert on it stays silent.",
    fix: "Record the metric, or ask for what it was made of.",
    absorbs: &["pint rule/dependency"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let monitoring = &cluster.monitoring;
    let recorded: BTreeSet<&str> = monitoring
        .queries
        .iter()
        .filter_map(|query| match &query.asker {
            Asker::Recording(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    // Only who has the whole configuration knows all rules.
    if monitoring.prometheus.is_empty() && recorded.is_empty() {
        return;
    }
    for query in &monitoring.queries {
        let Ok(parsed) = &query.parsed else { continue };
        for node in parsed.nodes() {
            let Expression::Selector(selector) = &node.expression else {
                continue;
            };
            let missing = selector
                .metric()
                .filter(|name| name.contains(':') && !recorded.contains(name));
            if let Some(name) = missing {
                let near = syntax::nearest(name, recorded.iter().copied());
                findings.add_at(
                    &query.spot,
                    format!("no rule records {name}"),
                    near.map(|near| format!("did you mean `{near}`?")),
                );
            }
        }
    }
}
