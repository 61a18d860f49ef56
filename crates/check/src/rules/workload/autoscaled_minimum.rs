//! WORK016: an autoscaler leaves more than one pod.

use super::scale::least;
use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// An autoscaler leaves more than one pod.
pub(crate) static RULE: Rule = Rule {
    code: "WORK016",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "an autoscaler leaves more than one pod",
    why: "Whenever there is little to do one pod is left, and every drained node and every crash is an outage.",
    fix: "Set `minReplicas` to 2 or more.",
    absorbs: &[
        "kube-score horizontalpodautoscaler-replicas",
        "polaris hpaMinAvailability",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for scaler in cluster.of_kind("autoscaling", "HorizontalPodAutoscaler") {
        let least = least(scaler);
        if least < 2 {
            let message = format!(
                "it goes down to {least} pod{}",
                if least == 1 { "" } else { "s" }
            );
            findings.add(scaler, "spec.minReplicas", message);
        }
    }
}
