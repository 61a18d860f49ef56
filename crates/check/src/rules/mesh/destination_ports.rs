//! MESH002: the ports that a `VirtualService` sends to exist.

use serde_json::Value as Json;

use crate::cluster::{Cluster, Found, list, namespace_of};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts::{self, Host};
use crate::rules::mesh::routes::{self, Route};

/// The ports that a `VirtualService` sends to exist.
pub(crate) static RULE: Rule = Rule {
    code: "MESH002",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "the ports that a VirtualService sends to exist",
    why: "A route to a port that the Service does not have is dropped; with several ports and none named the route is ambiguous and ignored.",
    fix: "Name a port of the Service by its number.",
    absorbs: &["istioctl IST0112"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for Route {
        document,
        destination,
        path,
    } in routes::all(cluster)
    {
        let Some(host) = routes::host(destination) else {
            continue;
        };
        let ports = match hosts::resolve(cluster, host, namespace_of(document)) {
            Host::Service { found, .. } => ports(found),
            Host::Entry(entry) => numbers(entry, "number"),
            Host::Unknown => continue,
        };
        let wanted = destination.lookup("/port/number").and_then(Json::as_u64);
        let shown = || {
            ports
                .iter()
                .map(u64::to_string)
                .collect::<Vec<_>>()
                .join(", ")
        };
        match wanted {
            _ if ports.is_empty() => {}
            Some(port) if ports.contains(&port) => {}
            Some(port) => findings.add(
                document,
                format!("{path}.port.number"),
                format!("{host} has no port {port}; it has {}", shown()),
            ),
            None if ports.len() > 1 => {
                findings.add(
                    document,
                    format!("{path}.port"),
                    format!("{host} has the ports {}, and none is named", shown()),
                );
            }
            None => {}
        }
    }
}

/// The ports of a Service; none where they are not known.
fn ports(found: Found<'_>) -> Vec<u64> {
    match found {
        Found::Document(document) => numbers(document, "port"),
        Found::External(object) => object
            .ports
            .iter()
            .map(|(_, number)| u64::from(*number))
            .collect(),
    }
}

/// The port numbers of a Service or a `ServiceEntry`.
fn numbers(document: &Document, field: &str) -> Vec<u64> {
    list(&document.value, "/spec/ports")
        .filter_map(|(_, port)| port.get(field).and_then(Json::as_u64))
        .collect()
}
