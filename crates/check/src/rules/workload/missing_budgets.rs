//! WORK023: a workload of several pods has a disruption budget.

use super::budgets;
use super::scale::Scalers;
use crate::cluster::{Cluster, templates};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A workload of several pods has a disruption budget.
pub(crate) static RULE: Rule = Rule {
    code: "WORK023",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "a workload of several pods has a disruption budget",
    why: "Without one, two nodes that are drained together take all pods of the workload at once.",
    fix: "Add a PodDisruptionBudget with `maxUnavailable: 1` and the selector of the workload.",
    absorbs: &[
        "kube-score deployment-has-poddisruptionbudget",
        "kube-score statefulset-has-poddisruptionbudget",
        "polaris missingPodDisruptionBudget",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let scalers = Scalers::of(cluster);
    let budgets = budgets::by_labels(cluster);
    for template in templates(cluster) {
        let least = scalers.least(&template);
        let is_lasting = template.is_replicated() && template.kind() != "ReplicaSet";
        if !is_lasting || !least.may_be_several() {
            continue;
        }
        if budgets
            .accepting(template.pods.namespace, &template.pods.labels)
            .is_empty()
        {
            findings.add(
                template.owner,
                "metadata.name",
                "no PodDisruptionBudget covers its pods",
            );
        }
    }
}
