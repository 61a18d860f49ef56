//! MESH045: a `DestinationRule`, a `ServiceEntry` and a Sidecar are ones that Istio takes.

use std::collections::BTreeSet;

use crate::cluster::{Cluster, list, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts;

/// A `DestinationRule`, a `ServiceEntry` and a Sidecar are ones that Istio takes.
pub(crate) static RULE: Rule = Rule {
    code: "MESH045",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "a DestinationRule, a ServiceEntry and a Sidecar are ones that Istio takes",
    why: "Istio's webhook refuses the object; where the webhook is off, the proxies ignore it.",
    fix: "Do what the message says.",
    absorbs: &["istioctl IST0106"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for rule in cluster.of_kind(hosts::GROUP, "DestinationRule") {
        twice(findings, rule, "/spec/subsets", "spec.subsets", "/name");
        mutual(findings, rule);
    }
    for entry in cluster.of_kind(hosts::GROUP, "ServiceEntry") {
        twice(findings, entry, "/spec/ports", "spec.ports", "/name");
        resolution(findings, entry);
    }
    for sidecar in cluster.of_kind(hosts::GROUP, "Sidecar") {
        listeners(findings, sidecar);
    }
}

/// Names that come twice in a list.
fn twice(findings: &mut Findings<'_>, document: &Document, pointer: &str, path: &str, field: &str) {
    let mut seen = BTreeSet::new();
    for (index, item) in list(&document.value, pointer) {
        if let Some(name) = text(item, field).filter(|name| !seen.insert(*name)) {
            findings.add(
                document,
                format!("{path}[{index}].name"),
                format!("{name} comes twice"),
            );
        }
    }
}

/// MUTUAL without a certificate to show.
fn mutual(findings: &mut Findings<'_>, rule: &Document) {
    let tls = rule.value.lookup("/spec/trafficPolicy/tls");
    let Some(tls) = tls.filter(|tls| text(tls, "/mode") == Some("MUTUAL")) else {
        return;
    };
    let has = |field: &str| text(tls, field).is_some_and(|value| !value.is_empty());
    let has_pair = has("/clientCertificate") && has("/privateKey");
    if !has_pair && !has("/credentialName") {
        let message = "MUTUAL needs clientCertificate and privateKey, or a credentialName";
        findings.add(rule, "spec.trafficPolicy.tls", message);
    }
}

/// Where the addresses of an entry come from.
fn resolution(findings: &mut Findings<'_>, entry: &Document) {
    let resolution = text(&entry.value, "/spec/resolution").unwrap_or("NONE");
    let endpoints = list(&entry.value, "/spec/endpoints").count();
    let is_selecting = entry.value.lookup("/spec/workloadSelector").is_some();
    let of_hosts = || {
        list(&entry.value, "/spec/hosts").filter_map(|(index, host)| Some((index, host.as_str()?)))
    };
    match resolution {
        "NONE" if endpoints > 0 => {
            findings.add(
                entry,
                "spec.endpoints",
                "endpoints need the resolution STATIC or DNS",
            );
        }
        "STATIC" if endpoints == 0 && !is_selecting => {
            findings.add(
                entry,
                "spec.endpoints",
                "STATIC needs endpoints or a workloadSelector",
            );
        }
        "DNS" | "DNS_ROUND_ROBIN" if endpoints == 0 => {
            for (index, host) in of_hosts().filter(|(_, host)| host.contains('*')) {
                let message = format!(
                    "{host} cannot be looked up: a wildcard needs endpoints, or the resolution NONE"
                );
                findings.add(entry, format!("spec.hosts[{index}]"), message);
            }
        }
        _ => {}
    }
    if is_selecting && endpoints > 0 {
        findings.add(
            entry,
            "spec.endpoints",
            "endpoints and workloadSelector exclude each other",
        );
    }
}

/// What a Sidecar imports is written `namespace/host`.
fn listeners(findings: &mut Findings<'_>, sidecar: &Document) {
    for (index, listener) in list(&sidecar.value, "/spec/egress") {
        for (position, host) in list(listener, "/hosts") {
            let Some(host) = host.as_str() else { continue };
            let is_whole = host
                .split_once('/')
                .is_some_and(|(namespace, name)| !namespace.is_empty() && !name.is_empty());
            if !is_whole {
                let message = format!(
                    "{host} is not `namespace/host`; `*` and `.` stand for all and for its own"
                );
                findings.add(
                    sidecar,
                    format!("spec.egress[{index}].hosts[{position}]"),
                    message,
                );
            }
        }
        let has_no_port = listener.get("port").is_none();
        let is_last = index + 1 == list(&sidecar.value, "/spec/egress").count();
        if has_no_port && !is_last && text(listener, "/bind").is_none() {
            let message = "only the last listener may be without a port";
            findings.add(sidecar, format!("spec.egress[{index}].port"), message);
        }
    }
}
