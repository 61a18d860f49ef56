//! MESH033: a policy reaches the pods of a Gateway API gateway by reference.

use crate::cluster::{Cluster, namespace_of, selector};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A policy reaches the pods of a Gateway API gateway by reference.
pub(crate) static RULE: Rule = Rule {
    code: "MESH033",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "a policy reaches the pods of a Gateway API gateway by reference",
    why: "Selectors do not apply to gateways that the Gateway API makes: the policy is not in force there.",
    fix: "Write targetRefs to the Gateway in place of the selector.",
    absorbs: &["istioctl IST0166"],
    check: Some(check),
};

/// The label that Istio puts on the pods of a Gateway.
const GATEWAY_NAME: &str = "gateway.networking.k8s.io/gateway-name";

const POLICIES: [(&str, &str); 4] = [
    ("security.istio.io", "AuthorizationPolicy"),
    ("security.istio.io", "RequestAuthentication"),
    ("telemetry.istio.io", "Telemetry"),
    ("extensions.istio.io", "WasmPlugin"),
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for (group, kind) in POLICIES {
        for policy in cluster.of_kind(group, kind) {
            let is_attached = ["/spec/targetRef", "/spec/targetRefs"]
                .iter()
                .any(|pointer| policy.value.lookup(pointer).is_some());
            let Some(wanted) = policy.value.lookup("/spec/selector/matchLabels") else {
                continue;
            };
            let gateway = cluster
                .pods_in(namespace_of(policy))
                .find(|pods| {
                    pods.labels.contains_key(GATEWAY_NAME)
                        && selector::matches_map(wanted, &pods.labels)
                })
                .and_then(|pods| pods.labels.get(GATEWAY_NAME));
            if let Some(gateway) = gateway.filter(|_| !is_attached) {
                let message =
                    format!("it selects the pods of Gateway {gateway}, which heed no selector");
                findings.add(policy, "spec.selector", message);
            }
        }
    }
}
