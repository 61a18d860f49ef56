//! METR005: an alert says from when on it fires.

use crate::cluster::Cluster;
use crate::monitoring::Asker;
use crate::promql::{Expression, NodeId, Query};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// An alert says from when on it fires.
pub(super) static RULE: Rule = Rule {
    code: "METR005",
    area: Area::Metrics,
    severity: Severity::Warning,
    title: "an alert says from when on it fires",
    why: "Prometheus fires for every series that the query gives, whatever its value: without a condition the alert fires always or never.",
    fix: "Compare with a limit (`… > 0`), or ask with `absent` or `unless`.",
    absorbs: &["pint alerts/comparison", "pint alerts/absent"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for query in &cluster.monitoring.queries {
        let (Asker::Alert(name), Ok(parsed)) = (&query.asker, &query.parsed) else {
            continue;
        };
        if !has_condition(parsed) && !always_fires(parsed, parsed.root()) {
            let message = format!("the alert {name} compares nothing: it fires for every series");
            findings.add_at(&query.spot, message, None);
        }
        if let Some(bool_at) = compares_to_bool(parsed, parsed.root()) {
            let message = format!(
                "the alert {name} fires always: behind `{bool_at} bool` a 0 is a value as well"
            );
            findings.add_at(&query.spot, message, None);
        }
    }
}

/// Whether anything in the query leaves series out by what they are worth or whether they are there.
fn has_condition(query: &Query) -> bool {
    query.nodes().iter().any(|node| match &node.expression {
        Expression::Binary { operator, .. } => operator.is_comparison() || operator.is_set(),
        Expression::Call { function, .. } => {
            matches!(function.name, "absent" | "absent_over_time")
        }
        _ => false,
    })
}

/// A heartbeat is meant to fire always: `vector(1)`.
fn always_fires(query: &Query, id: NodeId) -> bool {
    match &query.node(id).expression {
        Expression::Parentheses(inner) => always_fires(query, *inner),
        Expression::Call { function, .. } => function.name == "vector",
        Expression::Number(_) => true,
        _ => false,
    }
}

/// The comparison of a query that is one with `bool` on top.
fn compares_to_bool(query: &Query, id: NodeId) -> Option<&'static str> {
    match &query.node(id).expression {
        Expression::Parentheses(inner) => compares_to_bool(query, *inner),
        Expression::Binary {
            operator, matching, ..
        } if operator.is_comparison() && matching.returns_bool => Some(operator.as_str()),
        _ => None,
    }
}
