//! WORK017: an autoscaler has room to scale.

use serde_json::Value as Json;

use super::scale::least;
use crate::cluster::Cluster;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// An autoscaler has room to scale.
pub(crate) static RULE: Rule = Rule {
    code: "WORK017",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "an autoscaler has room to scale",
    why: "With minimum and maximum alike it never scales, and looks as if it did.",
    fix: "Raise `maxReplicas`, or leave the autoscaler out and say `replicas`.",
    absorbs: &["polaris hpaMaxAvailability"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for scaler in cluster.of_kind("autoscaling", "HorizontalPodAutoscaler") {
        let most = scaler
            .value
            .lookup("/spec/maxReplicas")
            .and_then(Json::as_u64);
        // A minimum above the maximum the server refuses.
        if most == Some(least(scaler)) {
            let message = format!("minimum and maximum are both {}", least(scaler));
            findings.add(scaler, "spec.maxReplicas", message);
        }
    }
}
