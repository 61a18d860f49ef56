//! NET003: the port names in a `NetworkPolicy` are declared by the pods.

use serde_json::Value as Json;

use crate::cluster::{Cluster, Pods, list, namespace_of, selector};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::network::policies;

/// The port names in a `NetworkPolicy` are declared by the pods.
pub(crate) static RULE: Rule = Rule {
    code: "NET003",
    area: Area::Network,
    severity: Severity::Error,
    title: "the port names in a NetworkPolicy are declared by the pods",
    why: "A port name that no container declares matches no port: the traffic that was meant is cut off.",
    fix: "Use a name that the receiving pods declare, or the number.",
    absorbs: &["netpol-analyzer WarnUnmatchedNamedPort"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for policy in policies::all(cluster) {
        for (index, rule) in list(&policy.value, "/spec/ingress") {
            let receivers = own(cluster, policy);
            ports(
                findings,
                policy,
                rule,
                &format!("spec.ingress[{index}]"),
                &receivers,
            );
        }
        for (index, rule) in list(&policy.value, "/spec/egress") {
            let peers = list(rule, "/to");
            let receivers: Vec<&Pods<'_>> = peers
                .flat_map(|(_, peer)| policies::pods(cluster, policy, peer))
                .collect();
            ports(
                findings,
                policy,
                rule,
                &format!("spec.egress[{index}]"),
                &receivers,
            );
        }
    }
}

/// The pods that the policy protects.
fn own<'c, 'a>(cluster: &'c Cluster<'a>, policy: &'c Document) -> Vec<&'c Pods<'a>> {
    let wanted = policy.value.lookup("/spec/podSelector");
    let labels = wanted.and_then(|wanted| wanted.get("matchLabels"));
    cluster.selected(namespace_of(policy), labels, |pods| {
        wanted.is_none_or(|wanted| selector::matches(wanted, &pods.labels))
    })
}

fn ports(
    findings: &mut Findings<'_>,
    policy: &Document,
    rule: &Json,
    path: &str,
    receivers: &[&Pods<'_>],
) {
    for (index, entry) in list(rule, "/ports") {
        let Some(port) = entry.get("port").filter(|port| port.is_string()) else {
            continue;
        };
        if !receivers.is_empty() && !receivers.iter().any(|pods| pods.declares(port)) {
            let declared: Vec<String> = receivers
                .iter()
                .map(|pods| format!("{} declares {}", pods.title, pods.shown_ports()))
                .collect();
            let message = format!("no container declares port {port}: {}", declared.join("; "));
            findings.add(policy, format!("{path}.ports[{index}].port"), message);
        }
    }
}
