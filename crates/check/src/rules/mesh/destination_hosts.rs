//! MESH001: the hosts that a `VirtualService` sends to exist.

use crate::cluster::{Cluster, namespace_of};
use crate::document::Document;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts::{self, Host};
use crate::rules::mesh::routes::{self, Route};
use crate::rules::mesh::scope;

/// The hosts that a `VirtualService` sends to exist.
pub(crate) static RULE: Rule = Rule {
    code: "MESH001",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "the hosts that a VirtualService sends to exist",
    why: "Requests to a host that the mesh does not know are answered with 503.",
    fix: "Name a Service (short in its own namespace, else `name.namespace.svc.cluster.local`), or add a ServiceEntry.",
    absorbs: &["istioctl IST0101"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for Route {
        document,
        destination,
        path,
    } in routes::all(cluster)
    {
        let namespace = namespace_of(document);
        let Some(host) = routes::host(destination) else {
            continue;
        };
        match hosts::resolve(cluster, host, namespace) {
            Host::Unknown => {
                let help = cluster.nearest("", "Service", namespace, host);
                findings.add_with_help(
                    document,
                    format!("{path}.host"),
                    format!("no Service or ServiceEntry has the host {host}"),
                    help,
                );
            }
            Host::Service { found, .. } => {
                let readers = readers(document);
                let scopes = hosts::seen_by(found);
                if !readers.iter().any(|reader| scope::sees(&scopes, reader)) {
                    let message = format!(
                        "Service {host} is exported to {}, not to {}",
                        scopes.join(", "),
                        readers.join(", ")
                    );
                    findings.add(document, format!("{path}.host"), message);
                }
            }
            Host::Entry(_) => {}
        }
    }
}

/// The namespaces whose proxies read a `VirtualService`; its own stands for all.
fn readers(service: &Document) -> Vec<&str> {
    let scopes = scope::of(service);
    if scopes.contains(&scope::EVERYWHERE) {
        vec![namespace_of(service)]
    } else {
        scopes
    }
}
