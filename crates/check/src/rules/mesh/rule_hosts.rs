//! MESH005: the host of a `DestinationRule` exists.

use crate::cluster::{Cluster, namespace_of, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts::{self, Host};

/// The host of a `DestinationRule` exists.
pub(crate) static RULE: Rule = Rule {
    code: "MESH005",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "the host of a DestinationRule exists",
    why: "The policy applies to nothing: no subset, no circuit breaking, no TLS setting is in force.",
    fix: "Name a Service (short in its own namespace, else `name.namespace.svc.cluster.local`), or add a ServiceEntry.",
    absorbs: &["istioctl IST0174"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for rule in cluster.of_kind(hosts::GROUP, "DestinationRule") {
        let Some(host) = text(&rule.value, "/spec/host").filter(|host| !host.starts_with('*'))
        else {
            continue;
        };
        if matches!(
            hosts::resolve(cluster, host, namespace_of(rule)),
            Host::Unknown
        ) {
            let help = cluster.nearest("", "Service", namespace_of(rule), host);
            findings.add_with_help(
                rule,
                "spec.host",
                format!("no Service or ServiceEntry has the host {host}"),
                help,
            );
        }
    }
}
