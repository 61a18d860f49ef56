//! METR002: every query is PromQL.

use crate::cluster::Cluster;
use crate::monitoring::Asker;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Every query is PromQL.
pub(super) static RULE: Rule = Rule {
    code: "METR002",
    area: Area::Metrics,
    severity: Severity::Error,
    title: "every query is PromQL",
    why: "A query that cannot be read is never answered: Prometheus refuses the file of rules, an analysis fails, a panel stays empty.",
    fix: "Correct the query at the place that is named.",
    absorbs: &[
        "promtool check rules",
        "pint promql/syntax",
        "pint promql/regexp",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for query in &cluster.monitoring.queries {
        if let Err(fault) = &query.parsed {
            let message = match &query.asker {
                Asker::Alert(name) => format!("the query of the alert {name}: {fault}"),
                Asker::Recording(name) => format!("the query that records {name}: {fault}"),
                Asker::Analysis | Asker::Autoscaler | Asker::Dashboard => {
                    format!("the query: {fault}")
                }
            };
            findings.add_at(&query.spot, message, None);
        }
    }
}
