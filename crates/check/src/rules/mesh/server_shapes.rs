//! MESH044: the servers of a Gateway are ones that Istio takes.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, text};
use crate::document::Document;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts;

/// The servers of a Gateway are ones that Istio takes.
pub(crate) static RULE: Rule = Rule {
    code: "MESH044",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "the servers of a Gateway are ones that Istio takes",
    why: "Istio's webhook refuses the object; where the webhook is off, the port stays closed.",
    fix: "Give HTTPS and TLS servers their TLS settings and no others, and each port a name of its own.",
    absorbs: &["istioctl IST0106"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for gateway in cluster.of_kind(hosts::GROUP, "Gateway") {
        let mut names = BTreeSet::new();
        if list(&gateway.value, "/spec/servers").next().is_none() {
            findings.add(gateway, "spec.servers", "a Gateway needs a server");
        }
        for (index, server) in list(&gateway.value, "/spec/servers") {
            let path = format!("spec.servers[{index}]");
            if let Some(name) = text(server, "/port/name").filter(|name| !names.insert(*name)) {
                findings.add(
                    gateway,
                    format!("{path}.port.name"),
                    format!("port {name} comes twice"),
                );
            }
            judge(findings, gateway, server, &path);
        }
    }
}

fn judge(findings: &mut Findings<'_>, gateway: &Document, server: &Json, path: &str) {
    let protocol = text(server, "/port/protocol")
        .unwrap_or_default()
        .to_ascii_uppercase();
    let is_http = ["HTTP", "HTTP2", "GRPC", "GRPC-WEB"].contains(&protocol.as_str());
    let tls = server.get("tls");
    match (protocol.as_str(), tls) {
        ("HTTPS" | "TLS", None) => {
            findings.add(
                gateway,
                format!("{path}.tls"),
                format!("{protocol} needs TLS settings"),
            );
        }
        ("HTTPS" | "TLS", Some(tls)) => {
            certificates(findings, gateway, tls, &format!("{path}.tls"));
        }
        (_, Some(tls)) if is_http => {
            let certificates = [
                "credentialName",
                "serverCertificate",
                "privateKey",
                "caCertificates",
            ];
            let has_mode = !matches!(text(tls, "/mode"), None | Some("PASSTHROUGH"));
            if has_mode || certificates.iter().any(|field| tls.get(field).is_some()) {
                let message = format!("{protocol} takes no TLS settings but httpsRedirect");
                findings.add(gateway, format!("{path}.tls"), message);
            }
        }
        ("", _) | (_, None) => {}
        (_, Some(_)) => {
            findings.add(
                gateway,
                format!("{path}.tls"),
                format!("{protocol} takes no TLS settings"),
            );
        }
    }
}

/// What each mode of TLS needs.
fn certificates(findings: &mut Findings<'_>, gateway: &Document, tls: &Json, path: &str) {
    let has = |field: &str| match tls.get(field) {
        None | Some(Json::Null) => false,
        Some(Json::String(value)) => !value.is_empty(),
        Some(Json::Array(items)) => !items.is_empty(),
        Some(_) => true,
    };
    let from_secret = has("credentialName") || has("credentialNames");
    let sources = [
        has("credentialName"),
        has("credentialNames"),
        has("serverCertificate") && has("privateKey"),
        has("tlsCertificates"),
    ];
    if sources.iter().filter(|source| **source).count() > 1 {
        findings.add(gateway, path, "the certificate is said in several ways");
    }
    let mode = text(tls, "/mode").unwrap_or("PASSTHROUGH");
    match mode {
        "ISTIO_MUTUAL" if sources.contains(&true) || has("caCertificates") => {
            findings.add(
                gateway,
                path,
                "ISTIO_MUTUAL takes its certificates from the mesh, and no others",
            );
        }
        "SIMPLE" | "MUTUAL" | "OPTIONAL_MUTUAL" if !from_secret => {
            let has_pair = has("serverCertificate") && has("privateKey");
            if !has_pair && !has("tlsCertificates") {
                findings.add(
                    gateway,
                    path,
                    format!("{mode} needs a certificate and its key, or a credentialName"),
                );
            }
            if mode != "SIMPLE" && !has("caCertificates") {
                findings.add(
                    gateway,
                    path,
                    format!("{mode} needs the certificates of the clients' authority"),
                );
            }
        }
        _ => {}
    }
}
