//! MESH032: a `VirtualService` does not bind to a Gateway that Istio derives.

use crate::cluster::{Cluster, list};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts;

/// A `VirtualService` does not bind to a Gateway that Istio derives.
pub(crate) static RULE: Rule = Rule {
    code: "MESH032",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "a VirtualService does not bind to a Gateway that Istio derives",
    why: "Gateways derived from the Gateway API are internal: their names change with Istio's version.",
    fix: "Write an HTTPRoute, or a Gateway of networking.istio.io.",
    absorbs: &["istioctl IST0165"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for service in hosts::virtual_services(cluster) {
        for (index, name) in list(&service.value, "/spec/gateways") {
            if let Some(name) = name
                .as_str()
                .filter(|name| hosts::is_internal_gateway(name))
            {
                findings.add(
                    service,
                    format!("spec.gateways[{index}]"),
                    format!("{name} is derived from a Gateway of the Gateway API"),
                );
            }
        }
    }
}
