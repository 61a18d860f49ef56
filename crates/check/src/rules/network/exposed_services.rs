//! NET009: what the internet can reach is reached through a gateway.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, text};
use crate::document::Document;
use crate::network::calls::targets;
use crate::network::{Addresses, Paths};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// What the internet can reach is reached through a gateway.
pub(crate) static RULE: Rule = Rule {
    code: "NET009",
    area: Area::Network,
    severity: Severity::Warning,
    title: "what the internet can reach is reached through a gateway",
    why: "A Service of type LoadBalancer or NodePort, or with external addresses, opens its pods to whoever reaches the balancer or a node, beside what the gateway checks: TLS, limits, authentication.",
    fix: "Use ClusterIP behind an Ingress or gateway; where the balancer is meant, make it an internal one or name `loadBalancerSourceRanges`.",
    absorbs: &["kube-linter exposed-services", "kube-score service-type"],
    check: Some(check),
};

/// Annotations that keep a balancer off the internet, with the values that do.
const INTERNAL: [(&str, &str); 6] = [
    (
        "service.beta.kubernetes.io/aws-load-balancer-scheme",
        "internal",
    ),
    (
        "service.beta.kubernetes.io/aws-load-balancer-internal",
        "true",
    ),
    (
        "service.beta.kubernetes.io/azure-load-balancer-internal",
        "true",
    ),
    ("networking.gke.io/load-balancer-type", "Internal"),
    ("cloud.google.com/load-balancer-type", "Internal"),
    (
        "service.beta.kubernetes.io/openstack-internal-load-balancer",
        "true",
    ),
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for service in cluster.of_kind("", "Service") {
        let kind = text(&service.value, "/spec/type");
        let (path, opens) = match kind {
            Some("LoadBalancer") if is_public(service) => {
                ("spec.type", "a balancer takes what the internet sends to")
            }
            Some("NodePort") => ("spec.type", "every node takes what is sent to"),
            _ if list(&service.value, "/spec/externalIPs").next().is_some() => (
                "spec.externalIPs",
                "nodes take what is sent to those addresses for",
            ),
            _ => continue,
        };
        let reached = reached(cluster, cluster.paths(), service);
        let message = if reached.is_empty() {
            format!("{opens} it; the policies let none of it through to its pods")
        } else {
            format!("{opens} {}", reached.join(", "))
        };
        findings.add(service, path, message);
    }
}

fn is_public(service: &Document) -> bool {
    let annotation = |key: &str| {
        service
            .value
            .lookup("/metadata/annotations")?
            .get(key)?
            .as_str()
    };
    let is_internal = INTERNAL
        .iter()
        .any(|(key, value)| annotation(key).is_some_and(|found| found.eq_ignore_ascii_case(value)));
    let mut ranges = list(&service.value, "/spec/loadBalancerSourceRanges").peekable();
    let public = Addresses::public();
    let is_open = ranges.peek().is_none()
        || ranges
            .filter_map(|(_, range)| Addresses::block(range.as_str()?))
            .any(|range| {
                Addresses::v4()
                    .intersection(&public)
                    .difference(&range)
                    .is_empty()
            });
    !is_internal && is_open
}

/// The workloads behind the Service that policies let somebody from outside through to, with the ports. Balancers and
/// nodes may put an address of their own in place of the client's.
fn reached(cluster: &Cluster<'_>, paths: &Paths, service: &Document) -> Vec<String> {
    let outside = paths.at(&Addresses::all());
    let ports = list(&service.value, "/spec/ports").filter_map(|(_, entry)| entry.get("port"));
    let ends = ports.flat_map(|port: &Json| targets(cluster, paths, service, port));
    let mut found: Vec<String> = ends
        .filter(|(end, port)| {
            outside
                .iter()
                .any(|from| paths.open(*from, *end).contains(*port))
        })
        .filter_map(|(end, port)| Some(format!("{} on {port}", paths.endpoint(end)?)))
        .collect();
    found.sort();
    found.dedup();
    found
}
