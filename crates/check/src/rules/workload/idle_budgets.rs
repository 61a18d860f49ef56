//! WORK019: a disruption budget keeps pods.

use super::budgets::{self, Amount};
use super::scale::Scalers;
use crate::cluster::Cluster;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A disruption budget keeps pods.
pub(crate) static RULE: Rule = Rule {
    code: "WORK019",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "a disruption budget keeps pods",
    why: "A budget that allows all pods at once, or says nothing, protects nobody, and looks as if it did.",
    fix: "Say `maxUnavailable: 1`, or a `minAvailable` above 0.",
    absorbs: &["kube-score poddisruptionbudget-has-policy"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let scalers = Scalers::of(cluster);
    for (budget, covered) in budgets::covered(cluster) {
        let most = Amount::of(budget, "maxUnavailable");
        let wanted = Amount::of(budget, "minAvailable");
        let message = match (most, wanted) {
            (None, None)
                if budget.value.lookup("/spec/maxUnavailable").is_none()
                    && budget.value.lookup("/spec/minAvailable").is_none() =>
            {
                "it says neither minAvailable nor maxUnavailable".to_owned()
            }
            (_, Some(wanted)) if wanted.is_none() => format!("{wanted} must be available"),
            (Some(most), _) if most.is_all() => format!("{most} may be unavailable"),
            (Some(most), _) => match budgets::least(&scalers, &covered) {
                Some(least) if least > 1 && most.out_of(least) >= least => {
                    format!("{most} may be unavailable, and there are {least}")
                }
                _ => continue,
            },
            _ => continue,
        };
        findings.add(budget, "spec", message);
    }
}
