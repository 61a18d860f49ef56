//! NET005: pods whose egress is denied by default may ask for names.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::cluster::{Cluster, Pods, Selectors, list, namespace_of, selector, text};
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
    let allowing = allowing(cluster, &deniers);
    let mut seen = BTreeSet::new();
    for denier in deniers {
        let namespace = namespace_of(denier);
        let wanted = pod_selector(denier);
        let cut_off: Vec<&str> = cluster
            .selected(namespace, wanted.get("matchLabels"), |pods| {
                selector::matches(wanted, &pods.labels)
                    && !pods.is_on_host_network()
                    && allowing.accepting(namespace, &pods.labels).is_empty()
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

/// The policies that let pods ask a DNS server, of the namespaces in which others deny it.
fn allowing<'a>(cluster: &Cluster<'a>, deniers: &[&'a Document]) -> Selectors<'a, ()> {
    let namespaces: BTreeSet<&str> = deniers.iter().map(|policy| namespace_of(policy)).collect();
    let is_known = cluster.pods().iter().any(is_server);
    let allows = |policy: &&Document| {
        namespaces.contains(namespace_of(policy))
            && list(&policy.value, "/spec/egress")
                .any(|(_, rule)| is_dns(cluster, policy, rule, is_known))
    };
    let allowing = policies::all(cluster).filter(allows);
    Selectors::of(allowing.map(|policy| (namespace_of(policy), pod_selector(policy), ())))
}

/// The selector of the pods that a policy protects; an empty one means all.
fn pod_selector(policy: &Document) -> &Json {
    static ALL: Json = Json::Null;
    policy.value.lookup("/spec/podSelector").unwrap_or(&ALL)
}

/// Whether a policy denies all egress of the pods that it selects.
fn denies_egress(policy: &Json) -> bool {
    list(policy, "/spec/policyTypes").any(|(_, kind)| kind.as_str() == Some("Egress"))
        && list(policy, "/spec/egress").next().is_none()
}

fn is_dns(cluster: &Cluster<'_>, policy: &Document, rule: &Json, is_known: bool) -> bool {
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
    (every_port || port) && reaches_servers(cluster, policy, rule, is_known)
}

/// Whether the peers include the DNS pods that are known; where none is known, any peer may be one.
fn reaches_servers(cluster: &Cluster<'_>, policy: &Document, rule: &Json, is_known: bool) -> bool {
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

/// Whether pods serve DNS.
fn is_server(pods: &Pods<'_>) -> bool {
    let app = pods.labels.get("k8s-app");
    app.is_some_and(|app| app == "kube-dns")
}
