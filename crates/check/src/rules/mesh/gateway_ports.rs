//! MESH031: the ports of a Gateway are ones that a Service of its proxies opens.

use serde_json::Value as Json;

use crate::cluster::{Cluster, Pods, list, namespace_of, selector};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts;
use crate::rules::refs::service_pods::pod_selector;

/// The ports of a Gateway are ones that a Service of its proxies opens.
pub(crate) static RULE: Rule = Rule {
    code: "MESH031",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "the ports of a Gateway are ones that a Service of its proxies opens",
    why: "The proxies listen where nobody outside of their namespace can reach them.",
    fix: "Add the port to the Service of the gateway, or use one that it has.",
    absorbs: &["istioctl IST0162"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for gateway in cluster.of_kind(hosts::GROUP, "Gateway") {
        let Some(wanted) = gateway.value.lookup("/spec/selector") else {
            continue;
        };
        let proxies: Vec<&Pods<'_>> = cluster
            .pods()
            .iter()
            .filter(|pods| selector::matches_map(wanted, &pods.labels))
            .collect();
        // Of pods that somebody else installs the Services are not known either.
        if proxies.is_empty() || proxies.iter().any(|pods| pods.owner.is_none()) {
            continue;
        }
        let open = open_ports(cluster, &proxies);
        for (position, server) in list(&gateway.value, "/spec/servers") {
            let number = server.lookup("/port/number").and_then(Json::as_u64);
            if let Some(number) = number.filter(|number| !open.contains(number)) {
                let shown = open
                    .iter()
                    .map(u64::to_string)
                    .collect::<Vec<_>>()
                    .join(", ");
                let message = if shown.is_empty() {
                    format!("no Service leads to the gateway's pods, on port {number} or any other")
                } else {
                    format!("no Service of the gateway's pods has port {number}; they have {shown}")
                };
                findings.add(
                    gateway,
                    format!("spec.servers[{position}].port.number"),
                    message,
                );
            }
        }
    }
}

/// The port numbers, outside and inside, of all Services that lead to the pods.
fn open_ports(cluster: &Cluster<'_>, proxies: &[&Pods<'_>]) -> Vec<u64> {
    let mut open = Vec::new();
    for service in cluster.of_kind("", "Service") {
        let leads = pod_selector(&service.value).is_some_and(|wanted| {
            proxies.iter().any(|pods| {
                pods.namespace == namespace_of(service)
                    && selector::matches_map(wanted, &pods.labels)
            })
        });
        if leads {
            for (_, port) in list(&service.value, "/spec/ports") {
                let numbers = [port.get("port"), port.get("targetPort")];
                open.extend(numbers.into_iter().flatten().filter_map(Json::as_u64));
            }
        }
    }
    open.sort_unstable();
    open.dedup();
    open
}
