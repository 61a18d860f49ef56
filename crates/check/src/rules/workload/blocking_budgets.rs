//! WORK018: a disruption budget lets a node be drained.

use super::budgets::{self, Amount};
use super::scale::Scalers;
use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A disruption budget lets a node be drained.
pub(crate) static RULE: Rule = Rule {
    code: "WORK018",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "a disruption budget lets a node be drained",
    why: "A budget that never allows an eviction holds up every drain: upgrades of nodes stop, and somebody deletes the pods by hand.",
    fix: "Allow one pod: `maxUnavailable: 1`.",
    absorbs: &[
        "kube-linter pdb-max-unavailable",
        "kube-linter pdb-min-available",
        "polaris pdbDisruptionsIsZero",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let scalers = Scalers::of(cluster);
    for (budget, covered) in budgets::covered(cluster) {
        if let Some(most) = Amount::of(budget, "maxUnavailable").filter(|most| most.is_none()) {
            findings.add(
                budget,
                "spec.maxUnavailable",
                format!("{most} may be unavailable: no pod is ever evicted"),
            );
        }
        let Some(wanted) = Amount::of(budget, "minAvailable") else {
            continue;
        };
        // Above the minimum of an autoscaler is a rule of its own.
        let is_scaled = covered
            .iter()
            .any(|template| scalers.scaling(template.owner).is_some());
        if wanted == Amount::Share(100) || (wanted.is_all() && !is_scaled) {
            findings.add(
                budget,
                "spec.minAvailable",
                format!("{wanted} must be available: no pod is ever evicted"),
            );
            continue;
        }
        let Some(least) = budgets::least(&scalers, &covered).filter(|least| *least > 0) else {
            continue;
        };
        let needed = wanted.out_of(least);
        if needed == least || (needed > least && !is_scaled) {
            let message =
                format!("{wanted} must be available, and there are {least}: no pod is evicted");
            findings.add(budget, "spec.minAvailable", message);
        }
    }
}
