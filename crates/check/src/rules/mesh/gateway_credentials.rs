//! MESH030: the credential of a Gateway is there, beside its proxies, and has what the mode needs.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, selector, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts;
use crate::syntax;

/// The credential of a Gateway is there, beside its proxies, and has what the mode needs.
pub(crate) static RULE: Rule = Rule {
    code: "MESH030",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "the credential of a Gateway is there, beside its proxies, and has what the mode needs",
    why: "The proxies look for the Secret in their own namespace; without it, or without its keys, the port stays closed.",
    fix: "Put a Secret with tls.crt and tls.key (and ca.crt for MUTUAL) into the namespace of the gateway's pods.",
    absorbs: &["istioctl IST0101", "istioctl IST0161"],
    check: Some(check),
};

/// The names under which Istio finds the certificate and the key.
const PAIRS: [[&str; 2]; 2] = [["tls.crt", "tls.key"], ["cert", "key"]];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for gateway in cluster.of_kind(hosts::GROUP, "Gateway") {
        let Some(namespace) = namespace_of_proxies(cluster, gateway) else {
            continue;
        };
        for (position, server) in list(&gateway.value, "/spec/servers") {
            let Some(tls) = server.get("tls") else {
                continue;
            };
            let path = format!("spec.servers[{position}].tls");
            if let Some(name) = text(tls, "/credentialName") {
                judge(
                    cluster,
                    findings,
                    gateway,
                    namespace,
                    name,
                    format!("{path}.credentialName"),
                );
            }
            for (index, name) in list(tls, "/credentialNames") {
                if let Some(name) = name.as_str() {
                    let path = format!("{path}.credentialNames[{index}]");
                    judge(cluster, findings, gateway, namespace, name, path);
                }
            }
        }
    }
}

/// The namespace of the pods that a Gateway selects, where all are in one.
fn namespace_of_proxies<'a>(cluster: &Cluster<'a>, gateway: &Document) -> Option<&'a str> {
    let wanted = gateway.value.lookup("/spec/selector")?;
    let mut found = cluster
        .pods()
        .iter()
        .filter(|pods| selector::matches_map(wanted, &pods.labels))
        .map(|pods| pods.namespace);
    let first = found.next()?;
    found.all(|namespace| namespace == first).then_some(first)
}

fn judge(
    cluster: &Cluster<'_>,
    findings: &mut Findings<'_>,
    gateway: &Document,
    namespace: &str,
    name: &str,
    path: String,
) {
    // `kubernetes://` and `file://` style names say where to look for themselves.
    if name.contains("://") {
        return;
    }
    let Some(keys) = cluster.data.keys("Secret", namespace, name) else {
        let names = cluster.data.names("Secret", namespace);
        let help = syntax::nearest(name, names).map(|near| format!("did you mean `{near}`?"));
        let message = format!("there is no Secret {namespace}/{name}");
        findings.add_with_help(gateway, path, message, help);
        return;
    };
    if let Some(keys) = keys
        && !PAIRS
            .iter()
            .any(|pair| pair.iter().all(|key| keys.contains(key)))
    {
        let message = format!("Secret {namespace}/{name} has no tls.crt and tls.key");
        findings.add(gateway, path, message);
        return;
    }
    if let Some(field) = unusable(cluster, namespace, name) {
        let message = format!("{field} of Secret {namespace}/{name} holds no certificate");
        findings.add(gateway, path, message);
    }
}

/// The key whose value cannot be a certificate in PEM form, where the Secret itself is among the objects.
fn unusable(cluster: &Cluster<'_>, namespace: &str, name: &str) -> Option<&'static str> {
    /// The base64 of `-----BEGIN`, less the bits that depend on what follows.
    const BEGINNING: &str = "LS0tLS1CRUdJTi";
    let secret = cluster.document("", "Secret", namespace, name)?;
    let field = |map: &str, key: &str| {
        secret
            .value
            .get(map)
            .and_then(|map| map.get(key))
            .and_then(Json::as_str)
    };
    PAIRS
        .iter()
        .map(|[certificate, _]| *certificate)
        .find(|certificate| {
            let encoded = field("data", certificate);
            let plain = field("stringData", certificate);
            encoded.is_some_and(|value| !value.trim_start().starts_with(BEGINNING))
                || plain.is_some_and(|value| !value.contains("-----BEGIN"))
        })
}
