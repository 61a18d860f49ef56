//! WORK022: a disruption budget lets broken pods go.

use super::budgets;
use crate::cluster::{Cluster, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A disruption budget lets broken pods go.
pub(crate) static RULE: Rule = Rule {
    code: "WORK022",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "a disruption budget lets broken pods go",
    why: "By default a pod that runs and is not ready counts against the budget: a workload that crashes in a loop holds up every drain.",
    fix: "Say `unhealthyPodEvictionPolicy: AlwaysAllow`, or `IfHealthyBudget` where that is meant.",
    absorbs: &["kube-linter pdb-unhealthy-pod-eviction-policy"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for budget in budgets::all(cluster) {
        if text(&budget.value, "/spec/unhealthyPodEvictionPolicy").is_none() {
            findings.add(
                budget,
                "spec.unhealthyPodEvictionPolicy",
                "it does not say what becomes of pods that are not ready",
            );
        }
    }
}
