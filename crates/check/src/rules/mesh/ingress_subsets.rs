//! MESH038: what a gateway routes to a host takes its subsets.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, namespace_of, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::{hosts, scope};

/// What a gateway routes to a host takes its subsets.
pub(crate) static RULE: Rule = Rule {
    code: "MESH038",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "what a gateway routes to a host takes its subsets",
    why: "A gateway sends straight to the Service: the split into subsets that another VirtualService makes for the sidecars is passed by.",
    fix: "Send to the subsets in the routes of the gateway too, or bind one VirtualService to both `mesh` and the gateway.",
    absorbs: &["istioctl IST0140"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let split = split_hosts(cluster);
    for service in hosts::virtual_services(cluster) {
        if list(&service.value, "/spec/gateways").next().is_none() {
            continue;
        }
        for (index, rule) in list(&service.value, "/spec/http") {
            for (position, route) in list(rule, "/route") {
                let Some(destination) = route
                    .get("destination")
                    .filter(|to| to.get("subset").is_none())
                else {
                    continue;
                };
                let host = text(destination, "/host").unwrap_or_default();
                let full = scope::full_host(host, namespace_of(service));
                let Some(other) = split
                    .get(&full)
                    .filter(|other| !std::ptr::eq(**other, service))
                else {
                    continue;
                };
                let message = format!(
                    "{host} is split into subsets by VirtualService {}/{}, which this route does not heed",
                    namespace_of(other),
                    other.id.name
                );
                findings.add(
                    service,
                    format!("spec.http[{index}].route[{position}].destination"),
                    message,
                );
            }
        }
    }
}

/// The hosts that a `VirtualService` of their own sends to subsets of themselves.
fn split_hosts<'a>(cluster: &Cluster<'a>) -> BTreeMap<Cow<'a, str>, &'a Document> {
    let mut split = BTreeMap::new();
    for service in hosts::virtual_services(cluster) {
        let namespace = namespace_of(service);
        let own: Vec<Cow<'a, str>> = list(&service.value, "/spec/hosts")
            .filter_map(|(_, host)| Some(scope::full_host(host.as_str()?, namespace)))
            .collect();
        let routes = list(&service.value, "/spec/http").flat_map(|(_, rule)| list(rule, "/route"));
        for (_, route) in routes {
            let subset = route.lookup("/destination/subset").and_then(Json::as_str);
            let host = text(route, "/destination/host").filter(|_| subset.is_some());
            let host = host.map(|host| scope::full_host(host, namespace));
            if let Some(host) = host.filter(|host| own.contains(host)) {
                split.entry(host).or_insert(service);
            }
        }
    }
    split
}
