//! METR007: rates are taken of counters, differences of gauges.

use crate::cluster::Cluster;
use crate::monitoring::{Inventory, Kind};
use crate::promql::{Expression, NodeId, Query};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Rates are taken of counters, differences of gauges.
pub(super) static RULE: Rule = Rule {
    code: "METR007",
    area: Area::Metrics,
    severity: Severity::Warning,
    title: "rates are taken of counters, differences of gauges",
    why: "A rate takes every fall of a value for a restart from 0, which is wrong for what goes up and down; a difference takes the restart of a counter for a fall.",
    fix: "Take `rate` or `increase` of counters, `delta` or `deriv` of gauges.",
    absorbs: &["pint promql/counter", "pint promql/rate"],
    check: Some(check),
};

const OF_COUNTERS: [&str; 3] = ["rate", "irate", "increase"];
const OF_GAUGES: [&str; 4] = ["delta", "idelta", "deriv", "predict_linear"];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for query in &cluster.monitoring.queries {
        let Ok(parsed) = &query.parsed else { continue };
        for node in parsed.nodes() {
            let Expression::Call {
                function,
                arguments,
            } = &node.expression
            else {
                continue;
            };
            let metric = arguments
                .first()
                .and_then(|first| metric_of(parsed, *first));
            let Some(metric) = metric else { continue };
            let name = function.name;
            let message = match kind(metric) {
                Some(Kind::Gauge) if OF_COUNTERS.contains(&name) => {
                    format!("`{name}` is taken of {metric}, which is a gauge")
                }
                Some(Kind::Counter) if OF_GAUGES.contains(&name) => {
                    format!("`{name}` is taken of {metric}, which is a counter")
                }
                _ => continue,
            };
            findings.add_at(&query.spot, message, None);
        }
    }
}

/// The metric whose values a part of a query is a range of.
fn metric_of(query: &Query, id: NodeId) -> Option<&str> {
    let Expression::Range { selector, .. } = &query.node(id).expression else {
        return None;
    };
    match &query.node(*selector).expression {
        Expression::Selector(selector) => selector.metric(),
        _ => None,
    }
}

/// What a metric is; counters that nobody listed are called so (Prometheus' documentation of naming).
fn kind(metric: &str) -> Option<Kind> {
    let known = Inventory::embedded().kind(metric);
    known.or_else(|| metric.ends_with("_total").then_some(Kind::Counter))
}
