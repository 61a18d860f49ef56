//! CAP008: some node takes the pods of each workload.

use super::placing;
use crate::capacity::{At, Fault};
use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Some node takes the pods of each workload.
pub(crate) static RULE: Rule = Rule {
    code: "CAP008",
    area: Area::Capacity,
    severity: Severity::Error,
    title: "some node takes the pods of each workload",
    why: "No node that there may be takes such a pod, however empty it is: the pods stay pending for good, and no autoscaler adds a node for them.",
    fix: "Ask for less, select or tolerate a pool that is there, or give the pool a larger machine.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    // At the maximum there are all workloads, jobs among them.
    let placed = placing::find(cluster, At::Maximum, None);
    for left in placed
        .into_iter()
        .flat_map(|placement| &placement.left_over)
    {
        if left.fault == Fault::Never {
            let what = if left.workload.kind == "DaemonSet" {
                "some nodes have no room for its pod"
            } else {
                "no node takes its pods"
            };
            let message = format!("{what}: {}", left.reason);
            placing::say(cluster, left, message, findings);
        }
    }
}
