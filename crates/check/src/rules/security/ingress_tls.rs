//! SEC046: an Ingress is served by TLS.

use std::collections::BTreeSet;

use crate::cluster::{Cluster, list, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// An Ingress is served by TLS.
pub(crate) static RULE: Rule = Rule {
    code: "SEC046",
    area: Area::Security,
    severity: Severity::Warning,
    title: "an Ingress is served by TLS",
    why: "Without it passwords and cookies of everybody who comes in can be read and changed on the way.",
    fix: "Name a Secret with a certificate below `tls`, for each host.",
    absorbs: &["polaris tlsSettingsMissing"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let ingresses = cluster.of_kind("networking.k8s.io", "Ingress");
    // Controllers merge what several objects say of one host, its certificate too.
    let covered: BTreeSet<&str> = ingresses
        .iter()
        .flat_map(|ingress| list(&ingress.value, "/spec/tls"))
        .flat_map(|(_, tls)| list(tls, "/hosts"))
        .filter_map(|(_, host)| host.as_str())
        .collect();
    let is_covered = |host: &str| {
        let parent = host
            .split_once('.')
            .map(|(_, parent)| format!("*.{parent}"));
        covered.contains(host) || parent.is_some_and(|parent| covered.contains(parent.as_str()))
    };
    for ingress in ingresses {
        let mut hosts = list(&ingress.value, "/spec/rules").map(|(_, rule)| text(rule, "/host"));
        if list(&ingress.value, "/spec/tls").next().is_none() {
            let is_elsewhere = hosts.next().is_some_and(|first| {
                let mut all = std::iter::once(first).chain(hosts);
                all.all(|host| host.is_some_and(&is_covered))
            });
            if !is_elsewhere {
                findings.add(ingress, "spec.tls", "the Ingress has no TLS");
            }
            continue;
        }
        // An entry without hosts is for all of them.
        if list(&ingress.value, "/spec/tls").any(|(_, tls)| list(tls, "/hosts").next().is_none()) {
            continue;
        }
        for (index, rule) in list(&ingress.value, "/spec/rules") {
            let Some(host) = text(rule, "/host").filter(|host| !is_covered(host)) else {
                continue;
            };
            findings.add(
                ingress,
                format!("spec.rules[{index}].host"),
                format!("host {host} has no TLS"),
            );
        }
    }
}
