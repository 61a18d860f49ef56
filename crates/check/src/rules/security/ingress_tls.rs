//! SEC046: an Ingress is served by TLS.

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
    for ingress in cluster.of_kind("networking.k8s.io", "Ingress") {
        if list(&ingress.value, "/spec/tls").next().is_none() {
            findings.add(ingress, "spec.tls", "the Ingress has no TLS");
            continue;
        }
        let covered: Vec<&str> = list(&ingress.value, "/spec/tls")
            .flat_map(|(_, tls)| list(tls, "/hosts"))
            .filter_map(|(_, host)| host.as_str())
            .collect();
        // An entry without hosts is for all of them.
        if list(&ingress.value, "/spec/tls").any(|(_, tls)| list(tls, "/hosts").next().is_none()) {
            continue;
        }
        for (index, rule) in list(&ingress.value, "/spec/rules") {
            let Some(host) = text(rule, "/host") else {
                continue;
            };
            let is_covered = covered.iter().any(|name| {
                *name == host
                    || name
                        .strip_prefix('*')
                        .is_some_and(|suffix| host.ends_with(suffix))
            });
            if !is_covered {
                findings.add(
                    ingress,
                    format!("spec.rules[{index}].host"),
                    format!("host {host} has no TLS"),
                );
            }
        }
    }
}
