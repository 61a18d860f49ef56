//! MESH008: the hosts of a `VirtualService` are ones that clients can ask for.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, namespace_of, text};
use crate::document::Document;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts::{self, Host};
use crate::rules::mesh::scope;

/// The hosts of a `VirtualService` are ones that clients can ask for.
pub(crate) static RULE: Rule = Rule {
    code: "MESH008",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "the hosts of a VirtualService are ones that clients can ask for",
    why: "A host that no gateway of the VirtualService serves, and that is no Service either, never gets a request.",
    fix: "Add the host to a server of the Gateway, or name a Service.",
    absorbs: &["istioctl IST0132"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for service in hosts::virtual_services(cluster) {
        let Some(gateways) = gateways(cluster, service) else {
            continue;
        };
        let hosts: Vec<(usize, &str)> = list(&service.value, "/spec/hosts")
            .filter_map(|(index, host)| Some((index, host.as_str()?)))
            .collect();
        if unserved(cluster, findings, service, &gateways, &hosts) || hosts.is_empty() {
            continue;
        }
        for gateway in gateways {
            let serves = |(_, host): &(usize, &str)| gateway.serves(host);
            if !hosts.iter().any(serves) {
                let message = format!("Gateway {} serves none of the hosts", gateway.name);
                findings.add(
                    service,
                    format!("spec.gateways[{}]", gateway.index),
                    message,
                );
            }
        }
    }
}

/// Tells of the hosts that neither a gateway nor the sidecars serve; whether there are any.
fn unserved(
    cluster: &Cluster<'_>,
    findings: &mut Findings<'_>,
    service: &Document,
    gateways: &[Gateway<'_>],
    hosts: &[(usize, &str)],
) -> bool {
    let names = || list(&service.value, "/spec/gateways").filter_map(|(_, name)| name.as_str());
    let is_for_sidecars = names().next().is_none() || names().any(|name| name == "mesh");
    let mut found = false;
    for (index, host) in hosts {
        let is_known = || {
            let resolved = hosts::resolve(cluster, host, namespace_of(service));
            host.starts_with('*') || !matches!(resolved, Host::Unknown)
        };
        let by_gateway = gateways.iter().any(|gateway| gateway.serves(host));
        if by_gateway || is_for_sidecars && is_known() {
            continue;
        }
        let served: Vec<&str> = gateways
            .iter()
            .flat_map(|gateway| gateway.hosts.iter().copied())
            .collect();
        let help =
            (!served.is_empty()).then(|| format!("its gateways serve {}", served.join(", ")));
        let known = if is_for_sidecars {
            "gateway or Service"
        } else {
            "gateway"
        };
        findings.add_with_help(
            service,
            format!("spec.hosts[{index}]"),
            format!("no {known} has the host {host}"),
            help,
        );
        found = true;
    }
    found
}

/// A gateway of a `VirtualService`.
struct Gateway<'a> {
    /// Its position among them.
    index: usize,
    name: &'a str,
    /// The hosts that it serves for the namespace of the `VirtualService`.
    hosts: Vec<&'a str>,
}

impl Gateway<'_> {
    fn serves(&self, host: &str) -> bool {
        self.hosts.iter().any(|served| scope::overlap(served, host))
    }
}

/// The gateways of a `VirtualService`, the sidecars apart; `None` where one of them is not known.
fn gateways<'a>(cluster: &Cluster<'a>, service: &'a Document) -> Option<Vec<Gateway<'a>>> {
    let named = list(&service.value, "/spec/gateways")
        .filter_map(|(index, name)| Some((index, name.as_str()?)))
        .filter(|(_, name)| *name != "mesh");
    named
        .map(|(index, name)| {
            let hosts = served(cluster, name, namespace_of(service))?;
            Some(Gateway { index, name, hosts })
        })
        .collect()
}

/// The hosts that a gateway serves for a namespace; `None` where it is not known.
fn served<'a>(cluster: &Cluster<'a>, written: &str, namespace: &str) -> Option<Vec<&'a str>> {
    let (of_gateway, name) = hosts::gateway_name(written, namespace);
    if let Some(gateway) = cluster.document(hosts::GROUP, "Gateway", of_gateway, name) {
        let of_server = |(_, server): (usize, &'a Json)| {
            list(server, "/hosts").filter_map(|(_, host)| host.as_str())
        };
        let written = list(&gateway.value, "/spec/servers").flat_map(of_server);
        return Some(
            written
                .filter_map(|host| visible(host, of_gateway, namespace))
                .collect(),
        );
    }
    let gateway = cluster.document(hosts::GATEWAY_API, "Gateway", of_gateway, name)?;
    let names = list(&gateway.value, "/spec/listeners")
        .map(|(_, listener)| text(listener, "/hostname").filter(|name| !name.is_empty()));
    Some(names.map(|name| name.unwrap_or("*")).collect())
}

/// The host of a server, which may say for which namespace's routes it is.
fn visible<'h>(written: &'h str, of_gateway: &str, namespace: &str) -> Option<&'h str> {
    let Some((scope, host)) = written.split_once('/') else {
        return Some(written);
    };
    let is_for = match scope {
        "*" => true,
        "." => of_gateway == namespace,
        other => other == namespace,
    };
    is_for.then_some(host)
}
