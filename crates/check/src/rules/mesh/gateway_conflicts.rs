//! MESH028: a host of a port is served by one Gateway.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, namespace_of, selector, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts;

/// A host of a port is served by one Gateway.
pub(crate) static RULE: Rule = Rule {
    code: "MESH028",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "a host of a port is served by one Gateway",
    why: "The same proxies serve both; which Gateway's TLS settings and routes a request meets is not defined.",
    fix: "Give each Gateway hosts of its own, or merge them.",
    absorbs: &["istioctl IST0145"],
    check: Some(check),
};

/// One host of one server of a Gateway.
struct Server<'a> {
    gateway: &'a Document,
    path: String,
    bind: &'a str,
    /// The namespaces that may bind routes to it, and the host.
    scope: &'a str,
    labels: Option<&'a Json>,
}

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    // Hosts conflict where they are the same text: wildcards may overlap, the longer one wins.
    let mut by_port: BTreeMap<(u64, &str), Vec<Server<'_>>> = BTreeMap::new();
    for gateway in cluster.of_kind(hosts::GROUP, "Gateway") {
        for (position, server) in list(&gateway.value, "/spec/servers") {
            let Some(port) = server.lookup("/port/number").and_then(Json::as_u64) else {
                continue;
            };
            for (index, written) in list(server, "/hosts") {
                let Some(written) = written.as_str() else {
                    continue;
                };
                let (scope, host) = written.split_once('/').unwrap_or(("*", written));
                by_port.entry((port, host)).or_default().push(Server {
                    gateway,
                    path: format!("spec.servers[{position}].hosts[{index}]"),
                    bind: text(server, "/bind").unwrap_or_default(),
                    scope: if scope == "." {
                        namespace_of(gateway)
                    } else {
                        scope
                    },
                    labels: gateway.value.lookup("/spec/selector"),
                });
            }
        }
    }
    for ((port, host), servers) in by_port {
        for server in &servers {
            let rivals = servers.iter().filter(|other| {
                !std::ptr::eq(other.gateway, server.gateway)
                    && other.bind == server.bind
                    && share_scope(other.scope, server.scope)
                    && share_pods(cluster, other.labels, server.labels)
            });
            let names: BTreeSet<String> = rivals
                .take(3)
                .map(|other| format!("{}/{}", namespace_of(other.gateway), other.gateway.id.name))
                .collect();
            if !names.is_empty() {
                let names: Vec<String> = names.into_iter().collect();
                let message = format!(
                    "{host} on port {port} is also served by {}",
                    names.join(", ")
                );
                findings.add(server.gateway, server.path.clone(), message);
            }
        }
    }
}

fn share_scope(left: &str, right: &str) -> bool {
    left == right || left == "*" || right == "*"
}

/// Whether two selectors choose the same proxies.
fn share_pods(cluster: &Cluster<'_>, left: Option<&Json>, right: Option<&Json>) -> bool {
    if left == right {
        return true;
    }
    let (Some(left), Some(right)) = (left, right) else {
        return false;
    };
    cluster.pods().iter().any(|pods| {
        selector::matches_map(left, &pods.labels) && selector::matches_map(right, &pods.labels)
    })
}
