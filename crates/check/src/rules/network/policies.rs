//! The core `NetworkPolicies` and their peers.

use serde_json::Value as Json;

use crate::cluster::{Cluster, Pods, list, namespace_of, selector};
use crate::document::Document;

/// A peer of a policy.
pub(super) struct Peer<'a> {
    pub(super) value: &'a Json,
    /// Where it stands.
    pub(super) path: String,
}

/// All `NetworkPolicies`.
pub(super) fn all<'c, 'a>(cluster: &'c Cluster<'a>) -> impl Iterator<Item = &'a Document> + 'c {
    cluster
        .of_kind("networking.k8s.io", "NetworkPolicy")
        .iter()
        .copied()
}

/// All peers of a policy, of both directions.
pub(super) fn peers(policy: &Document) -> Vec<Peer<'_>> {
    let mut peers = Vec::new();
    for (direction, side) in [("ingress", "from"), ("egress", "to")] {
        for (rule, value) in list(&policy.value, &format!("/spec/{direction}")) {
            let found = value
                .get(side)
                .and_then(Json::as_array)
                .into_iter()
                .flatten()
                .enumerate();
            peers.extend(found.map(|(index, value)| Peer {
                value,
                path: format!("spec.{direction}[{rule}].{side}[{index}]"),
            }));
        }
    }
    peers
}

/// The namespaces that a peer means: its own selector's, or that of the policy.
pub(super) fn namespaces<'a>(
    cluster: &Cluster<'a>,
    policy: &'a Document,
    peer: &Json,
) -> Vec<&'a str> {
    match peer.get("namespaceSelector") {
        None => vec![namespace_of(policy)],
        Some(wanted) => cluster
            .namespaces()
            .filter(|(_, labels)| selector::matches(wanted, labels))
            .map(|(name, _)| name)
            .collect(),
    }
}

/// The pods that a peer means; none for addresses.
pub(super) fn pods<'c, 'a>(
    cluster: &'c Cluster<'a>,
    policy: &'c Document,
    peer: &Json,
) -> Vec<&'c Pods<'a>> {
    if peer.get("ipBlock").is_some() {
        return Vec::new();
    }
    let wanted = peer.get("podSelector");
    let labels = wanted.and_then(|wanted| wanted.get("matchLabels"));
    let fits =
        |pods: &Pods<'a>| wanted.is_none_or(|wanted| selector::matches(wanted, &pods.labels));
    namespaces(cluster, policy, peer)
        .into_iter()
        .flat_map(|name| cluster.selected(name, labels, fits))
        .collect()
}

/// Namespaces in one line.
pub(super) fn shown(namespaces: &[&str]) -> String {
    match namespaces {
        [one] => format!("namespace {one}"),
        several => format!("the namespaces {}", several.join(", ")),
    }
}
