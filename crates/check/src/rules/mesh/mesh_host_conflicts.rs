//! MESH010: one `VirtualService` routes a host for the sidecars.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::cluster::{Cluster, list, namespace_of};
use crate::document::Document;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::{hosts, scope};

/// The `VirtualServices` of a host with the positions of it in them, by the namespaces that see them.
type Scopes<'a> = BTreeMap<&'a str, Vec<(&'a Document, usize)>>;

/// One `VirtualService` routes a host for the sidecars.
pub(crate) static RULE: Rule = Rule {
    code: "MESH010",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "one VirtualService routes a host for the sidecars",
    why: "Sidecars take the routes of one of them, the oldest, and ignore the others without a word.",
    fix: "Put the routes into one VirtualService, or export each to other namespaces.",
    absorbs: &["istioctl IST0109"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let mut by_host: BTreeMap<Cow<'_, str>, Scopes<'_>> = BTreeMap::new();
    for service in hosts::virtual_services(cluster).filter(|service| is_for_sidecars(service)) {
        for (index, host) in list(&service.value, "/spec/hosts") {
            let Some(host) = host.as_str() else { continue };
            let scopes = by_host
                .entry(scope::full_host(host, namespace_of(service)))
                .or_default();
            for seen_by in scope::of(service) {
                scopes.entry(seen_by).or_default().push((service, index));
            }
        }
    }
    for (host, scopes) in &by_host {
        let everywhere = scopes.get(scope::EVERYWHERE);
        for (seen_by, own) in scopes {
            let all: Vec<&(&Document, usize)> = if *seen_by == scope::EVERYWHERE {
                let narrower = scopes
                    .iter()
                    .filter(|(seen_by, _)| **seen_by != scope::EVERYWHERE);
                own.iter()
                    .chain(narrower.flat_map(|(_, more)| more))
                    .collect()
            } else {
                own.iter().chain(everywhere.into_iter().flatten()).collect()
            };
            for (service, index) in own {
                conflict(findings, host, service, *index, &all);
            }
        }
    }
}

fn is_for_sidecars(service: &Document) -> bool {
    let mut gateways = list(&service.value, "/spec/gateways").peekable();
    gateways.peek().is_none() || gateways.any(|(_, name)| name.as_str() == Some("mesh"))
}

fn conflict(
    findings: &mut Findings<'_>,
    host: &str,
    service: &Document,
    index: usize,
    all: &[&(&Document, usize)],
) {
    /// How many of the others are named in a message.
    const SHOWN: usize = 3;
    let others = all
        .iter()
        .filter(|(other, _)| !std::ptr::eq(*other, service));
    let mut others: Vec<String> = others
        .take(SHOWN)
        .map(|(other, _)| format!("{}/{}", namespace_of(other), other.id.name))
        .collect();
    others.sort();
    others.dedup();
    if !others.is_empty() {
        let message = format!("{host} is also routed by {}", others.join(", "));
        findings.add(service, format!("spec.hosts[{index}]"), message);
    }
}
