//! MESH004: the gateways of a `VirtualService` exist.

use crate::cluster::{Cluster, list, namespace_of};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts;

/// The gateways of a `VirtualService` exist.
pub(crate) static RULE: Rule = Rule {
    code: "MESH004",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "the gateways of a VirtualService exist",
    why: "The routes are bound to nothing: the ingress gateway answers 404.",
    fix: "Name a Gateway of the same namespace, or `namespace/name`; `mesh` means the sidecars.",
    absorbs: &["istioctl IST0101"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for service in hosts::virtual_services(cluster) {
        for (index, name) in list(&service.value, "/spec/gateways") {
            let is_named = |name: &&str| *name != "mesh" && !hosts::is_internal_gateway(name);
            let Some(written) = name.as_str().filter(is_named) else {
                continue;
            };
            let (namespace, name) = hosts::gateway_name(written, namespace_of(service));
            let groups = [hosts::GROUP, hosts::GATEWAY_API];
            if !groups
                .iter()
                .any(|group| cluster.exists(group, "Gateway", namespace, name))
            {
                let help = cluster.nearest(hosts::GROUP, "Gateway", namespace, name);
                findings.add_with_help(
                    service,
                    format!("spec.gateways[{index}]"),
                    format!("there is no Gateway {namespace}/{name}"),
                    help,
                );
            }
        }
    }
}
