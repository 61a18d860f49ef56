//! NET005: pods whose egress is denied by default may ask for names.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::cluster::{Cluster, Pods, list, namespace_of, selector, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::network::policies;

/// Pods whose egress is denied by default may ask for names.
pub(crate) static RULE: Rule = Rule {
    code: "NET005",
    area: Area::Network,
    severity: Severity::Error,
    title: "pods whose egress is denied by default may ask for names",
    why: "Without DNS no Service name resolves: every call of the pod fails, with an error that speaks of names and not of policies.",
    fix: "Allow egress to port 53, UDP and TCP, of the DNS pods for every pod of the namespace.",
    absorbs: &[],
    check: Some(check),
};

const DNS: u64 = 53;

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let deniers: Vec<&Document> = policies::all(cluster)
        .filter(|policy| denies_egress(&policy.value))
        .collect();
    let mut seen = BTreeSet::new();
    for denier in deniers {
        let namespace = namespace_of(denier);
        let cut_off: Vec<&str> = cluster
            .selected(namespace, |pods| {
                applies(denier, pods) && !resolves(cluster, namespace, pods)
            })
            .iter()
            .map(|pods| pods.title.as_str())
            .filter(|title| seen.insert((*title).to_owned()))
            .collect();
        if !cut_off.is_empty() {
            findings.add(
                denier,
                "spec.egress",
                format!("no policy allows DNS to {}", cut_off.join(", ")),
            );
        }
    }
}

/// Whether a policy denies all egress of the pods that it selects.
fn denies_egress(policy: &Json) -> bool {
    list(policy, "/spec/policyTypes").any(|(_, kind)| kind.as_str() == Some("Egress"))
        && list(policy, "/spec/egress").next().is_none()
}

fn applies(policy: &Document, pods: &Pods<'_>) -> bool {
    policy
        .value
        .lookup("/spec/podSelector")
        .is_none_or(|wanted| selector::matches(wanted, &pods.labels))
}

/// Whether any policy lets the pods ask a DNS server.
fn resolves(cluster: &Cluster<'_>, namespace: &str, pods: &Pods<'_>) -> bool {
    let host_network = pods
        .spec
        .and_then(|spec| spec.get("hostNetwork"))
        .and_then(Json::as_bool)
        .unwrap_or(false);
    let mut allowing = policies::all(cluster)
        .filter(|policy| namespace_of(policy) == namespace && applies(policy, pods));
    host_network
        || allowing.any(|policy| {
            list(&policy.value, "/spec/egress").any(|(_, rule)| is_dns(cluster, policy, rule))
        })
}

fn is_dns(cluster: &Cluster<'_>, policy: &Document, rule: &Json) -> bool {
    let every_port = list(rule, "/ports").next().is_none();
    let port = list(rule, "/ports").any(|(_, entry)| {
        let is_udp = matches!(text(entry, "/protocol"), Some("UDP"));
        let first = entry.get("port").and_then(Json::as_u64);
        let last = entry.get("endPort").and_then(Json::as_u64).or(first);
        let is_named = matches!(text(entry, "/port"), Some("dns" | "dns-udp"));
        is_udp
            && (entry.get("port").is_none()
                || is_named
                || first
                    .zip(last)
                    .is_some_and(|(first, last)| (first..=last).contains(&DNS)))
    });
    (every_port || port) && reaches_servers(cluster, policy, rule)
}

/// Whether the peers include the DNS pods that are known; where none is known, any peer may be one.
fn reaches_servers(cluster: &Cluster<'_>, policy: &Document, rule: &Json) -> bool {
    let is_server = |pods: &Pods<'_>| {
        pods.labels
            .get("k8s-app")
            .is_some_and(|app| app == "kube-dns")
    };
    let is_known = cluster.pods().iter().any(is_server);
    let mut peers = list(rule, "/to").map(|(_, peer)| peer).peekable();
    if peers.peek().is_none() || !is_known {
        return true;
    }
    peers.any(|peer| {
        peer.get("ipBlock").is_some()
            || policies::pods(cluster, policy, peer)
                .into_iter()
                .any(is_server)
    })
}
