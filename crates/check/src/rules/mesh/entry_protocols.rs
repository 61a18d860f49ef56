//! MESH040: the `ServiceEntries` of a host agree about the protocol of a port.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, namespace_of, text};
use crate::document::Document;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::{hosts, scope};

/// The `ServiceEntries` of a host agree about the protocol of a port.
pub(crate) static RULE: Rule = Rule {
    code: "MESH040",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "the ServiceEntries of a host agree about the protocol of a port",
    why: "A proxy has one listener for host and port: which protocol it speaks depends on which entry it read first.",
    fix: "Use one protocol, or export the entries to different namespaces.",
    absorbs: &["istioctl IST0177"],
    check: Some(check),
};

/// A port of an entry.
struct Port<'a> {
    entry: &'a Document,
    path: String,
    protocol: String,
    scopes: Vec<&'a str>,
}

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let mut by_host: BTreeMap<(&str, u64), Vec<Port<'_>>> = BTreeMap::new();
    for entry in cluster.of_kind(hosts::GROUP, "ServiceEntry") {
        for (index, port) in list(&entry.value, "/spec/ports") {
            let Some(number) = port.get("number").and_then(Json::as_u64) else {
                continue;
            };
            for host in list(&entry.value, "/spec/hosts").filter_map(|(_, host)| host.as_str()) {
                by_host.entry((host, number)).or_default().push(Port {
                    entry,
                    path: format!("spec.ports[{index}].protocol"),
                    protocol: text(port, "/protocol")
                        .unwrap_or("TCP")
                        .to_ascii_uppercase(),
                    scopes: scope::of(entry),
                });
            }
        }
    }
    for ((host, number), ports) in by_host {
        for port in &ports {
            let other = ports.iter().find(|other| {
                let meet = other
                    .scopes
                    .iter()
                    .any(|space| *space == scope::EVERYWHERE || scope::sees(&port.scopes, space));
                other.protocol != port.protocol && meet
            });
            if let Some(other) = other {
                let message = format!(
                    "port {number} of {host} is {} here and {} in ServiceEntry {}/{}",
                    port.protocol,
                    other.protocol,
                    namespace_of(other.entry),
                    other.entry.id.name
                );
                findings.add(port.entry, port.path.clone(), message);
            }
        }
    }
}
