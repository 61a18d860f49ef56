//! MESH015: the ports of a Service of the mesh say their protocol.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, namespace_of, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts::ROOT_NAMESPACE;
use crate::rules::mesh::membership::{self, Namespace};

/// The ports of a Service of the mesh say their protocol.
pub(crate) static RULE: Rule = Rule {
    code: "MESH015",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "the ports of a Service of the mesh say their protocol",
    why: "Istio guesses the protocol from the first bytes, and treats what it cannot guess as bare TCP: no retries, no HTTP metrics, no routing by path. For an ExternalName Service a bare TCP port takes all traffic of that number.",
    fix: "Name the port `<protocol>` or `<protocol>-<suffix>` (http, http2, https, grpc, tcp, tls, udp, redis, mysql, mongo), or set appProtocol.",
    absorbs: &["istioctl IST0118", "istioctl IST0150"],
    check: Some(check),
};

/// What a port may be called before the first hyphen.
const PROTOCOLS: [&str; 12] = [
    "tcp",
    "udp",
    "grpc",
    "grpc-web",
    "http",
    "http_proxy",
    "http2",
    "https",
    "tls",
    "mongo",
    "redis",
    "mysql",
];

/// Values of `appProtocol` that Kubernetes defines and Istio knows.
const APPLICATION_PROTOCOLS: [&str; 3] =
    ["kubernetes.io/h2c", "kubernetes.io/ws", "kubernetes.io/wss"];

/// Ports at which Istio never guesses, because the server speaks first: those of SMTP, DNS and two databases.
const NEVER_GUESSED: [u64; 4] = [25, 53, 3306, 27017];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let is_in_use = membership::is_in_use(cluster);
    for service in cluster.of_kind("", "Service") {
        let namespace = namespace_of(service);
        let is_system = [ROOT_NAMESPACE, "kube-system"].contains(&namespace)
            || is_of_control_plane(&service.value);
        let concerns = match membership::of_namespace(cluster, namespace) {
            Namespace::Injected => true,
            Namespace::Ambient | Namespace::Outside => false,
            Namespace::Silent | Namespace::Unknown => is_in_use,
        };
        if !is_system && concerns {
            judge(findings, service);
        }
    }
}

fn judge(findings: &mut Findings<'_>, service: &Document) {
    let is_external = text(&service.value, "/spec/type") == Some("ExternalName");
    for (index, port) in list(&service.value, "/spec/ports") {
        let name = text(port, "/name").unwrap_or_default();
        let number = port.get("port").and_then(Json::as_u64).unwrap_or_default();
        let path = format!("spec.ports[{index}].name");
        if is_external && name == "tcp" {
            let message = format!("port {number} of an ExternalName Service is bare TCP");
            findings.add(service, path, message);
        } else if !says_protocol(port, name, number) {
            let shown = if name.is_empty() {
                format!("port {number} has no name")
            } else {
                format!("`{name}` names no protocol")
            };
            findings.add(service, path, shown);
        }
    }
}

fn says_protocol(port: &Json, name: &str, number: u64) -> bool {
    if text(port, "/protocol") == Some("UDP") || NEVER_GUESSED.contains(&number) {
        return true;
    }
    let said = text(port, "/appProtocol").unwrap_or(name);
    let lower = said.to_ascii_lowercase();
    let stem = lower.split('-').next().unwrap_or_default();
    APPLICATION_PROTOCOLS.contains(&said)
        || lower.starts_with("grpc-web")
        || PROTOCOLS.contains(&stem)
}

/// Whether the Service is Istio's own.
fn is_of_control_plane(value: &Json) -> bool {
    let labels = value.lookup("/metadata/labels");
    labels.is_some_and(|labels| {
        labels.get("istio").is_some() || labels.get("gateway.istio.io/managed").is_some()
    })
}
