//! METR011: no query asks for a label that it took away before.

use crate::cluster::Cluster;
use crate::monitoring::{Labels, label_sets};
use crate::promql::{Expression, Grouping, NodeId, Query};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// No query asks for a label that it took away before.
pub(super) static RULE: Rule = Rule {
    code: "METR011",
    area: Area::Metrics,
    severity: Severity::Warning,
    title: "no query asks for a label that it took away before",
    why: "Grouping by or matching on a label that is gone joins series that do not belong together, or finds none.",
    fix: "Keep the label in the inner aggregation, or leave it out of the outer one.",
    absorbs: &[
        "pint promql/impossible",
        "pint promql/vector_matching",
        "pint promql/aggregate",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for query in &cluster.monitoring.queries {
        let Ok(parsed) = &query.parsed else { continue };
        let sets = label_sets(parsed);
        for node in parsed.nodes() {
            for message in lost(parsed, &node.expression, &sets) {
                findings.add_at(&query.spot, message, None);
            }
        }
    }
}

fn lost(query: &Query, expression: &Expression, sets: &[Labels]) -> Vec<String> {
    match expression {
        Expression::Aggregate {
            grouping: Grouping::By(labels),
            inner,
            ..
        } => missing(query, sets, *inner, labels)
            .map(|label| format!("`by ({label})` groups by a label that was taken away before"))
            .collect(),
        Expression::Binary {
            left,
            right,
            matching,
            ..
        } => {
            let on = matching.on().unwrap_or_default();
            // A label that both sides lack is no condition; one that only one side lacks is never equal.
            let sides = [(*left, *right, "left"), (*right, *left, "right")];
            let one_sided = sides.into_iter().flat_map(|(lacking, other, name)| {
                missing(query, sets, lacking, on)
                    .filter(move |label| sets[other.index()].may_have(label))
                    .map(move |label| {
                        format!("`on ({label})` matches by a label that the {name} side took away")
                    })
            });
            one_sided.collect()
        }
        _ => Vec::new(),
    }
}

/// The labels that a part of the query cannot have.
fn missing<'q>(
    query: &'q Query,
    sets: &'q [Labels],
    of: NodeId,
    labels: &'q [String],
) -> impl Iterator<Item = &'q String> {
    // Numbers and constant vectors have no labels by nature.
    let is_made = made_of_numbers(query, of);
    labels
        .iter()
        .filter(move |label| !is_made && !sets[of.index()].may_have(label))
}

fn made_of_numbers(query: &Query, id: NodeId) -> bool {
    match &query.node(id).expression {
        Expression::Number(_) => true,
        Expression::Parentheses(inner) | Expression::Unary(inner) => made_of_numbers(query, *inner),
        Expression::Call { function, .. } => matches!(function.name, "vector" | "time"),
        _ => false,
    }
}
