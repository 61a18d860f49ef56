//! WORK004: a workload that an autoscaler scales says no replicas.

use crate::cluster::{Cluster, namespace_of};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::workload::autoscaling::{self, Target};

/// A workload that an autoscaler scales says no replicas.
pub(crate) static RULE: Rule = Rule {
    code: "WORK004",
    area: Area::Workload,
    severity: Severity::Error,
    title: "a workload that an autoscaler scales says no replicas",
    why: "Every sync sets the number of replicas back to what the file says and throws away what the autoscaler decided, in the middle of the load.",
    fix: "Leave `replicas` out of the workload; the autoscaler's minimum is the number to begin with.",
    absorbs: &["kube-score deployment-targeted-by-hpa-does-not-have-replicas-configured"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for scaler in cluster.of_kind("autoscaling", "HorizontalPodAutoscaler") {
        let Some(Target { group, kind, name }) = Target::of(scaler, autoscaling::HORIZONTAL) else {
            continue;
        };
        let Some(workload) = cluster.document(group, kind, namespace_of(scaler), name) else {
            continue;
        };
        if let Some(replicas) = workload.value.lookup("/spec/replicas") {
            let message = format!(
                "replicas is {replicas}, and HorizontalPodAutoscaler {} scales the workload",
                scaler.id.name
            );
            findings.add(workload, "spec.replicas", message);
        }
    }
}
