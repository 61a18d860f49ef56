//! NET007: policies say who may call a workload and whom it may call.

use crate::cluster::Cluster;
use crate::network::Direction;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Policies say who may call a workload and whom it may call.
pub(crate) static RULE: Rule = Rule {
    code: "NET007",
    area: Area::Network,
    severity: Severity::Warning,
    title: "policies say who may call a workload and whom it may call",
    why: "Without a policy every pod of the cluster may call it, and whoever breaks into it may call every pod and the whole internet.",
    fix: "Add a NetworkPolicy for both directions that selects its pods; a policy with an empty podSelector and no rules denies what no other allows.",
    absorbs: &[
        "kube-linter non-isolated-pod",
        "kube-score pod-networkpolicy",
        "polaris missingNetworkPolicy",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let paths = cluster.paths();
    for (position, pods) in cluster.pods().iter().enumerate() {
        let (Some((owner, _)), Some(end)) = (pods.template(), paths.of_pods(position)) else {
            continue;
        };
        // No policy holds pods on the network of their node.
        if pods.is_on_host_network() {
            continue;
        }
        let missing = |direction| !paths.is_isolated(direction, end);
        let what = match (missing(Direction::Ingress), missing(Direction::Egress)) {
            (true, true) => "who may call it, and none says whom it may call",
            (true, false) => "who may call it",
            (false, true) => "whom it may call",
            (false, false) => continue,
        };
        findings.add(owner, "", format!("no policy says {what}"));
    }
}
