//! METR016: no alert compares a counter with a limit.

use crate::cluster::Cluster;
use crate::monitoring::{Asker, Inventory, Kind};
use crate::promql::{Aggregation, Expression, NodeId, Query};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// No alert compares a counter with a limit.
pub(super) static RULE: Rule = Rule {
    code: "METR016",
    area: Area::Metrics,
    severity: Severity::Warning,
    title: "no alert compares a counter with a limit",
    why: "A counter only grows: it passes every limit some day, and the alert then fires until the process restarts, whatever happens meanwhile.",
    fix: "Compare what it grew by: `rate(…[5m])` a second, or `increase(…[1h])` in that time.",
    absorbs: &[],
    check: Some(check),
};

/// Comparisons by size. Whether there is anything but 0 is asked of counters for a reason.
const BY_SIZE: [&str; 4] = [">", "<", ">=", "<="];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for query in &cluster.monitoring.queries {
        let (Asker::Alert(name), Ok(parsed)) = (&query.asker, &query.parsed) else {
            continue;
        };
        for node in parsed.nodes() {
            let Expression::Binary {
                operator,
                left,
                right,
                ..
            } = &node.expression
            else {
                continue;
            };
            if !BY_SIZE.contains(&operator.as_str()) {
                continue;
            }
            let sides = [(*left, *right), (*right, *left)];
            let compared = sides.iter().find_map(|(side, other)| {
                let limit = number(parsed, *other).filter(|limit| *limit != 0.0)?;
                Some((counter(parsed, *side)?, limit))
            });
            if let Some((metric, limit)) = compared {
                let message =
                    format!("the alert {name} compares the counter {metric} with {limit}");
                let help = Some(format!("did you mean `rate({metric}[5m])`?"));
                findings.add_at(&query.spot, message, help);
            }
        }
    }
}

/// A number that stands there.
fn number(query: &Query, id: NodeId) -> Option<f64> {
    match &query.node(id).expression {
        Expression::Number(number) => Some(*number),
        Expression::Parentheses(inner) | Expression::Unary(inner) => number(query, *inner),
        _ => None,
    }
}

/// The counter whose own value a part of a query is, be it summed up or scaled.
fn counter(query: &Query, id: NodeId) -> Option<&str> {
    match &query.node(id).expression {
        Expression::Selector(selector) => selector.metric().filter(|metric| is_counter(metric)),
        Expression::Parentheses(inner)
        | Expression::Aggregate {
            aggregation:
                Aggregation::Sum | Aggregation::Average | Aggregation::Minimum | Aggregation::Maximum,
            inner,
            ..
        } => counter(query, *inner),
        Expression::Binary {
            operator,
            left,
            right,
            ..
        } if matches!(operator.as_str(), "*" | "/") => match number(query, *right) {
            Some(_) => counter(query, *left),
            None => number(query, *left).and_then(|_| counter(query, *right)),
        },
        _ => None,
    }
}

/// Counters that nobody listed are called so (Prometheus' documentation of naming).
fn is_counter(metric: &str) -> bool {
    match Inventory::embedded().kind(metric) {
        Some(kind) => kind == Kind::Counter,
        None => metric.ends_with("_total"),
    }
}
