//! MESH008: the hosts of a `VirtualService` are ones that clients can ask for.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, namespace_of};
use crate::document::Document;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts::{self, Host};

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
        let Some(served) = served(cluster, service) else {
            continue;
        };
        for (index, host) in list(&service.value, "/spec/hosts") {
            let Some(host) = host.as_str() else { continue };
            let by_gateway = served.iter().any(|served| covers(served, host));
            if !by_gateway
                && !host.starts_with('*')
                && matches!(
                    hosts::resolve(cluster, host, namespace_of(service)),
                    Host::Unknown
                )
            {
                let help = (!served.is_empty())
                    .then(|| format!("its gateways serve {}", served.join(", ")));
                findings.add_with_help(
                    service,
                    format!("spec.hosts[{index}]"),
                    format!("no gateway or Service has the host {host}"),
                    help,
                );
            }
        }
    }
}

/// The hosts that the gateways of a `VirtualService` serve; `None` where one of them is not known.
fn served<'a>(cluster: &Cluster<'a>, service: &Document) -> Option<Vec<&'a str>> {
    let mut served = Vec::new();
    for written in list(&service.value, "/spec/gateways")
        .filter_map(|(_, name)| name.as_str())
        .filter(|name| *name != "mesh")
    {
        let (namespace, name) = written
            .split_once('/')
            .unwrap_or((namespace_of(service), written));
        let gateway = cluster.document(hosts::GROUP, "Gateway", namespace, name)?;
        let of_server = |(_, server): (usize, &'a Json)| {
            list(server, "/hosts").filter_map(|(_, host)| host.as_str())
        };
        served.extend(list(&gateway.value, "/spec/servers").flat_map(of_server));
    }
    Some(served)
}

/// Whether a host of a gateway, which may have a namespace and a wildcard, covers a host.
fn covers(served: &str, host: &str) -> bool {
    let served = served.rsplit_once('/').map_or(served, |(_, host)| host);
    served == "*"
        || served == host
        || served
            .strip_prefix('*')
            .is_some_and(|suffix| host.ends_with(suffix))
}
