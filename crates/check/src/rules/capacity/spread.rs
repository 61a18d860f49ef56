//! CAP013: pods of a workload stand apart.

use serde_json::Value as Json;

use crate::capacity::Scale;
use crate::cluster::Cluster;
use crate::cluster::list;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Pods of a workload stand apart.
pub(crate) static RULE: Rule = Rule {
    code: "CAP013",
    area: Area::Capacity,
    severity: Severity::Warning,
    title: "pods of a workload stand apart",
    why: "When all pods of a workload stand on one node, the loss or the upgrade of that node is an outage, however many there are.",
    fix: "Spread them by `topologySpreadConstraints` over zones, or keep them apart by a pod anti-affinity on `kubernetes.io/hostname`; a preference is enough.",
    absorbs: &[
        "kube-linter no-anti-affinity",
        "kube-score deployment-has-host-podantiaffinity",
        "kube-score statefulset-has-host-podantiaffinity",
        "kube-score pod-topology-spread-constraints",
        "polaris topologySpreadConstraint",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for demand in &cluster.capacity.demands {
        let (Some(document), Some(spec)) = (demand.document, demand.spec) else {
            continue;
        };
        let pods = demand.workload.maximum.steady;
        // Pods that give way to others at once need not be anywhere.
        let matters = demand.workload.scale == Scale::Replicas && demand.workload.priority >= 0;
        if !matters || pods < 2 || is_spread(spec) {
            continue;
        }
        let message = format!("nothing keeps its {pods} pods from standing on one node");
        findings.add(document, demand.at(""), message);
    }
}

/// Whether anything is said of where the pods stand among each other.
fn is_spread(spec: &Json) -> bool {
    let apart = spec
        .lookup("/affinity/podAntiAffinity")
        .unwrap_or(&Json::Null);
    let terms = [
        "/requiredDuringSchedulingIgnoredDuringExecution",
        "/preferredDuringSchedulingIgnoredDuringExecution",
    ];
    list(spec, "/topologySpreadConstraints").next().is_some()
        || terms
            .iter()
            .any(|terms| list(apart, terms).next().is_some())
}
