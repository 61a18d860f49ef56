//! MESH007: the selectors of mesh policies fit pods.

use crate::cluster::{Cluster, namespace_of, selector};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts::ROOT_NAMESPACE;

/// The selectors of mesh policies fit pods.
pub(crate) static RULE: Rule = Rule {
    code: "MESH007",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "the selectors of mesh policies fit pods",
    why: "The policy applies to nothing: what it should allow, forbid or encrypt goes on as before.",
    fix: "Use labels that the pods of the workload carry.",
    absorbs: &["istioctl IST0101", "istioctl IST0127"],
    check: Some(check),
};

/// Group, kind, where the labels stand, and as path.
const POLICIES: [(&str, &str, &str, &str); 7] = [
    (
        "security.istio.io",
        "AuthorizationPolicy",
        "/spec/selector/matchLabels",
        "spec.selector.matchLabels",
    ),
    (
        "security.istio.io",
        "PeerAuthentication",
        "/spec/selector/matchLabels",
        "spec.selector.matchLabels",
    ),
    (
        "security.istio.io",
        "RequestAuthentication",
        "/spec/selector/matchLabels",
        "spec.selector.matchLabels",
    ),
    (
        "telemetry.istio.io",
        "Telemetry",
        "/spec/selector/matchLabels",
        "spec.selector.matchLabels",
    ),
    (
        "networking.istio.io",
        "Sidecar",
        "/spec/workloadSelector/labels",
        "spec.workloadSelector.labels",
    ),
    (
        "networking.istio.io",
        "EnvoyFilter",
        "/spec/workloadSelector/labels",
        "spec.workloadSelector.labels",
    ),
    (
        "networking.istio.io",
        "Gateway",
        "/spec/selector",
        "spec.selector",
    ),
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for (group, kind, pointer, path) in POLICIES {
        for policy in cluster.of_kind(group, kind) {
            let Some(labels) = policy
                .value
                .lookup(pointer)
                .filter(|labels| labels.as_object().is_some_and(|labels| !labels.is_empty()))
            else {
                continue;
            };
            let namespace = namespace_of(policy);
            // Gateways and policies of the root namespace reach into every namespace.
            let everywhere = kind == "Gateway" || namespace == ROOT_NAMESPACE;
            let fits = cluster.pods().iter().any(|pods| {
                (everywhere || pods.namespace == namespace)
                    && selector::matches_map(labels, &pods.labels)
            });
            if !fits {
                let place = if everywhere {
                    "any namespace".to_owned()
                } else {
                    format!("namespace {namespace}")
                };
                findings.add(
                    policy,
                    path,
                    format!(
                        "no pod of {place} has the labels {}",
                        selector::shown(labels)
                    ),
                );
            }
        }
    }
}
