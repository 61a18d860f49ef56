//! WORK021: a disruption budget asks for no more pods than an autoscaler leaves.

use super::budgets::{self, Amount};
use super::scale::Scalers;
use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A disruption budget asks for no more pods than an autoscaler leaves.
pub(crate) static RULE: Rule = Rule {
    code: "WORK021",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "a disruption budget asks for no more pods than an autoscaler leaves",
    why: "Whenever there is little to do the budget asks for more pods than there are, and no node can be drained.",
    fix: "Say `maxUnavailable: 1`, or a share.",
    absorbs: &["polaris pdbMinAvailableGreaterThanHPAMinReplicas"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let scalers = Scalers::of(cluster);
    for (budget, covered) in budgets::covered(cluster) {
        let Some(wanted) =
            Amount::of(budget, "minAvailable").filter(|wanted| *wanted != Amount::Share(100))
        else {
            continue;
        };
        let Some(least) = budgets::least(&scalers, &covered) else {
            continue;
        };
        let scaler = covered
            .iter()
            .find_map(|template| scalers.scaling(template.owner));
        if let Some((_, scaler)) = scaler.filter(|_| wanted.out_of(least) > least) {
            let message = format!(
                "{wanted} must be available, and {} {} leaves {least}",
                scaler.id.kind, scaler.id.name
            );
            findings.add(budget, "spec.minAvailable", message);
        }
    }
}
