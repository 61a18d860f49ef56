//! MESH029: Gateways of the same proxies do not share a certificate.

use std::collections::BTreeMap;

use crate::cluster::{Cluster, list, namespace_of, selector, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts;

/// Gateways of the same proxies do not share a certificate.
pub(crate) static RULE: Rule = Rule {
    code: "MESH029",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "certificates are not shared between Gateways of the same proxies",
    why: "A browser reuses an HTTP/2 connection for every host of the certificate, and the other Gateway answers 404.",
    fix: "Put the servers into one Gateway, or give each a certificate of its own.",
    absorbs: &["istioctl IST0138"],
    check: Some(check),
};

/// One server with a certificate.
struct Server<'a> {
    gateway: &'a Document,
    path: String,
}

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let mut by_certificate: BTreeMap<(&str, &str), Vec<Server<'_>>> = BTreeMap::new();
    for gateway in cluster.of_kind(hosts::GROUP, "Gateway") {
        for (position, server) in list(&gateway.value, "/spec/servers") {
            let certificate = match text(server, "/tls/credentialName") {
                Some(name) => Some((name, "")),
                None => text(server, "/tls/serverCertificate").zip(text(server, "/tls/privateKey")),
            };
            if let Some(certificate) = certificate {
                by_certificate.entry(certificate).or_default().push(Server {
                    gateway,
                    path: format!("spec.servers[{position}].tls"),
                });
            }
        }
    }
    for ((name, _), servers) in by_certificate {
        for server in &servers {
            let other = servers.iter().find(|other| {
                !std::ptr::eq(other.gateway, server.gateway)
                    && choose_alike(server.gateway, other.gateway)
            });
            if let Some(other) = other {
                let message = format!(
                    "the certificate {name} is also served by Gateway {}/{}",
                    namespace_of(other.gateway),
                    other.gateway.id.name
                );
                findings.add(server.gateway, server.path.clone(), message);
            }
        }
    }
}

/// Whether whatever the one Gateway selects may be selected by the other too: its labels are part of the other's.
fn choose_alike(one: &Document, other: &Document) -> bool {
    let labels =
        |gateway: &Document| crate::cluster::labels(gateway.value.lookup("/spec/selector"));
    one.value
        .lookup("/spec/selector")
        .is_none_or(|wanted| selector::matches_map(wanted, &labels(other)))
}
