//! NET010: two conditions on one peer stand in one item.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, namespace_of, selector};
use crate::document::Document;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::network::policies;

/// Two conditions on one peer stand in one item.
pub(crate) static RULE: Rule = Rule {
    code: "NET010",
    area: Area::Network,
    severity: Severity::Warning,
    title: "two conditions on one peer stand in one item",
    why: "A namespaceSelector and a podSelector in two items mean either: every pod of those namespaces is let in, and those pods of the policy's own namespace. In one item they mean both.",
    fix: "Write the podSelector into the item of the namespaceSelector, without a dash of its own. Where either is meant, write two rules.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for policy in policies::all(cluster) {
        for (direction, side) in [("ingress", "from"), ("egress", "to")] {
            for (rule, value) in list(&policy.value, &format!("/spec/{direction}")) {
                let peers: Vec<&Json> = list(value, &format!("/{side}"))
                    .map(|(_, peer)| peer)
                    .collect();
                for (index, pair) in peers.windows(2).enumerate() {
                    if let [one, two] = pair
                        && let Some((namespaces, pods)) = separate(one, two)
                        && !is_meant(cluster, policy, namespaces, pods)
                    {
                        let path = format!("spec.{direction}[{rule}].{side}[{}]", index + 1);
                        findings.add(policy, path, message(policy, namespaces, pods));
                    }
                }
            }
        }
    }
}

/// The selectors of two items that each have one.
fn separate<'p>(one: &'p Json, two: &'p Json) -> Option<(&'p Json, &'p Json)> {
    let only = |peer: &'p Json, field: &str, other: &str| {
        let selector = peer
            .get(field)
            .filter(|selector| !selector::is_empty(selector))?;
        peer.get(other).is_none().then_some(selector)
    };
    let namespaces = |peer| only(peer, "namespaceSelector", "podSelector");
    let pods = |peer| only(peer, "podSelector", "namespaceSelector");
    namespaces(one)
        .zip(pods(two))
        .or_else(|| namespaces(two).zip(pods(one)))
}

/// Whether the pods are some of the policy's own namespace and none of the others: then two peers are what is meant.
fn is_meant(cluster: &Cluster<'_>, policy: &Document, namespaces: &Json, pods: &Json) -> bool {
    let own = namespace_of(policy);
    let has = |namespace: &str| {
        cluster
            .pods_in(namespace)
            .any(|found| selector::matches(pods, &found.labels))
    };
    let elsewhere = cluster
        .namespaces()
        .any(|(name, labels)| name != own && selector::matches(namespaces, labels) && has(name));
    has(own) && !elsewhere
}

fn message(policy: &Document, namespaces: &Json, pods: &Json) -> String {
    format!(
        "the items mean every pod of the namespaces {}, or the pods {} of {}: not those pods of those namespaces",
        selector::shown(namespaces),
        selector::shown(pods),
        crate::network::or_default(namespace_of(policy)),
    )
}
