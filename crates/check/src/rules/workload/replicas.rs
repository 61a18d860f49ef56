//! WORK015: a workload has more than one pod.

use super::scale::Scalers;
use crate::cluster::{Cluster, templates};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A workload has more than one pod.
pub(crate) static RULE: Rule = Rule {
    code: "WORK015",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "a workload has more than one pod",
    why: "With one pod every drained node and every crash is an outage.",
    fix: "Set `replicas` to 2 or more, or let an autoscaler do it.",
    absorbs: &[
        "kube-score deployment-replicas",
        "polaris deploymentMissingReplicas",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let scalers = Scalers::of(cluster);
    for template in templates(cluster) {
        // A StatefulSet of one pod is a database of one: a second pod does not make it two.
        if !matches!(
            template.kind(),
            "Deployment" | "Rollout" | "DeploymentConfig"
        ) || scalers.scaling(template.owner).is_some()
        {
            continue;
        }
        if template.replicas() == Some(1) {
            findings.add(template.owner, "spec.replicas", "the workload has one pod");
        }
    }
}
