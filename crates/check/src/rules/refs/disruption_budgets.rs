//! REFS011: a `PodDisruptionBudget` covers pods.

use crate::cluster::{Cluster, namespace_of, selector};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A `PodDisruptionBudget` covers pods.
pub(crate) static RULE: Rule = Rule {
    code: "REFS011",
    area: Area::References,
    severity: Severity::Error,
    title: "a PodDisruptionBudget covers pods",
    why: "A budget whose selector fits no pod protects nothing: a drain takes all replicas at once.",
    fix: "Make the selector that of the workload.",
    absorbs: &["kube-score poddisruptionbudget-has-policy"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for budget in cluster.of_kind("policy", "PodDisruptionBudget") {
        let Some(wanted) = budget.value.lookup("/spec/selector") else {
            findings.add(
                budget,
                "spec.selector",
                "the budget has no selector and covers no pod",
            );
            continue;
        };
        if cluster
            .selected(namespace_of(budget), wanted.get("matchLabels"), |pods| {
                selector::matches(wanted, &pods.labels)
            })
            .is_empty()
        {
            let message = format!(
                "no pod of namespace {} fits {}",
                namespace_of(budget),
                selector::shown(wanted)
            );
            findings.add(budget, "spec.selector", message);
        }
    }
}
