//! MESH024: a route by the claims of a token is behind a `RequestAuthentication`.

use serde_json::{Map, Value as Json};

use crate::cluster::{Cluster, Labels, list, namespace_of, selector};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts::{self, ROOT_NAMESPACE};

/// A route by the claims of a token is behind a `RequestAuthentication`.
pub(crate) static RULE: Rule = Rule {
    code: "MESH024",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "a route by the claims of a token is behind a RequestAuthentication",
    why: "The gateway does not read tokens, so that no request has the claim: the route is never taken.",
    fix: "Add a RequestAuthentication that selects the pods of the gateway.",
    absorbs: &["istioctl IST0149"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for service in hosts::virtual_services(cluster) {
        let Some((path, key)) = claim(service) else {
            continue;
        };
        for (_, name) in list(&service.value, "/spec/gateways") {
            let Some(written) = name.as_str().filter(|name| *name != "mesh") else {
                continue;
            };
            let (namespace, name) = hosts::gateway_name(written, namespace_of(service));
            let Some(gateway) = cluster.document(hosts::GROUP, "Gateway", namespace, name) else {
                continue;
            };
            if let Some(pods) = unauthenticated(cluster, gateway) {
                let message = format!(
                    "the route asks for {key}, and no RequestAuthentication reads tokens at {pods} behind Gateway {namespace}/{name}"
                );
                findings.add(service, path.clone(), message);
                break;
            }
        }
    }
}

/// Where a `VirtualService` asks for a claim, and what it asks for.
fn claim(service: &Document) -> Option<(String, &str)> {
    for (index, route) in list(&service.value, "/spec/http") {
        for (position, condition) in list(route, "/match") {
            for field in ["headers", "withoutHeaders"] {
                let headers = condition.get(field).and_then(Json::as_object);
                let mut names = headers.into_iter().flat_map(Map::keys);
                if let Some(name) = names.find(|name| {
                    let lower = name.to_ascii_lowercase();
                    lower.starts_with("@request.auth.claims") && lower.len() > 20
                }) {
                    return Some((
                        format!("spec.http[{index}].match[{position}].{field}"),
                        name,
                    ));
                }
            }
        }
    }
    None
}

/// The first pods of a gateway that nothing reads tokens for.
fn unauthenticated(cluster: &Cluster<'_>, gateway: &Document) -> Option<String> {
    let wanted = gateway.value.lookup("/spec/selector")?;
    let reads = |labels: &Labels, namespace: &str| {
        let policies = cluster.of_kind("security.istio.io", "RequestAuthentication");
        policies.iter().any(|policy| {
            let of = namespace_of(policy);
            (of == namespace || of == ROOT_NAMESPACE)
                && policy
                    .value
                    .lookup("/spec/selector/matchLabels")
                    .is_none_or(|wanted| selector::matches_map(wanted, labels))
        })
    };
    let mut pods = cluster.pods().iter().filter(|pods| {
        selector::matches_map(wanted, &pods.labels) && !reads(&pods.labels, pods.namespace)
    });
    pods.next().map(|pods| pods.title.clone())
}
