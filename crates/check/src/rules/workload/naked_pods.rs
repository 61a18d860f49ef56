//! WORK033: a pod belongs to a workload.

use crate::cluster::Cluster;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A pod belongs to a workload.
pub(crate) static RULE: Rule = Rule {
    code: "WORK033",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "a pod belongs to a workload",
    why: "A pod of its own is gone with its node: nothing makes it anew.",
    fix: "Make it a Deployment, a StatefulSet or a Job.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for pod in cluster.of_kind("", "Pod") {
        // The kubelet makes the copies of static pods, and Argo CD runs pods as hooks.
        let is_managed = [
            "ownerReferences",
            "annotations/argocd.argoproj.io~1hook",
            "annotations/helm.sh~1hook",
        ]
        .into_iter()
        .any(|field| pod.value.lookup(&format!("/metadata/{field}")).is_some());
        if !is_managed {
            findings.add(pod, "kind", "nothing makes the pod anew when it is gone");
        }
    }
}
