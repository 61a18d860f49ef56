//! NET008: only what is meant to talk may talk.

use std::collections::BTreeMap;

use crate::cluster::Cluster;
use crate::network::{Endpoint, Outside, Paths, Port, Ports, calls};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Only what is meant to talk may talk.
pub(crate) static RULE: Rule = Rule {
    code: "NET008",
    area: Area::Network,
    severity: Severity::Warning,
    title: "only what is meant to talk may talk",
    why: "A way that nobody declared is open: whoever takes over the caller can use it, and nobody will see in a review that it is there.",
    fix: "Declare the flow where it is meant, or let a policy deny by default what nobody declares.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    if cluster.declared.is_empty() {
        return;
    }
    let paths = cluster.paths();
    let declared = declared(cluster, paths);
    let nothing = Ports::none();
    for (position, pods) in cluster.pods().iter().enumerate() {
        let (Some(owner), Some(to)) = (pods.owner, paths.of_pods(position)) else {
            continue;
        };
        // No policy holds pods on the network of their node.
        if pods.is_on_host_network() {
            continue;
        }
        let mut open = Vec::new();
        for from in (0..paths.endpoints().len()).filter(|from| *from != to) {
            let Some(caller) = paths.endpoint(from).filter(|caller| is_judged(caller)) else {
                continue;
            };
            let meant = declared.get(&(from, to)).unwrap_or(&nothing);
            let more = paths.open(from, to).difference(meant);
            if !more.is_empty() {
                open.push(format!("{caller} ({more})"));
            }
        }
        if !open.is_empty() {
            findings.add(
                owner,
                "",
                format!(
                    "nobody declares that these may call it: {}",
                    open.join(", ")
                ),
            );
        }
    }
}

/// A node always gets in, and addresses that nobody routes are said as what they are: nodes, balancers, other clusters.
fn is_judged(caller: &Endpoint) -> bool {
    matches!(
        caller,
        Endpoint::Workload { .. } | Endpoint::Outside(Outside::Internet(_) | Outside::Cluster)
    )
}

/// The ports that are declared, by caller and callee.
fn declared(cluster: &Cluster<'_>, paths: &Paths) -> BTreeMap<(usize, usize), Ports> {
    let mut declared: BTreeMap<(usize, usize), Ports> = BTreeMap::new();
    for flow in cluster.declared {
        let port = Ports::one(Port {
            protocol: flow.protocol,
            number: flow.port,
        });
        let callees = calls::ends(cluster, paths, &flow.to);
        for from in calls::ends(cluster, paths, &flow.from) {
            for to in &callees {
                let known = declared.entry((from, *to)).or_default();
                *known = known.union(&port);
            }
        }
    }
    declared
}
