//! Where requests come in from outside: load balancers, ports of nodes, and the routes to services.

use std::collections::BTreeSet;

use check::Document;
use serde_json::Value as Json;

use super::{Both, items, tell, text};
use crate::model::{Direction, Topic, WholeChange, title};

/// Says which ways from outside come and go.
pub(super) fn compare(both: &Both<'_>, found: &mut Vec<WholeChange>) {
    let (before, after) = (entries(both.old), entries(both.new));
    for (entries, direction) in [
        (after.difference(&before), Direction::Opened),
        (before.difference(&after), Direction::Closed),
    ] {
        for entry in entries {
            let line = format!("from outside: {entry}");
            tell(found, Topic::Paths, direction, line);
        }
    }
}

fn entries(document: Option<&Document>) -> BTreeSet<String> {
    let Some(document) = document else {
        return BTreeSet::new();
    };
    let spec = document.value.get("spec").unwrap_or(&Json::Null);
    match (document.id.group(), document.id.kind.as_ref()) {
        ("", "Service") => service(document, spec),
        ("networking.k8s.io", "Ingress") => ingress(document, spec),
        ("gateway.networking.k8s.io", "HTTPRoute" | "GRPCRoute" | "TLSRoute") => {
            route(document, spec)
        }
        ("networking.istio.io", "VirtualService") => virtual_service(document, spec),
        _ => BTreeSet::new(),
    }
}

fn texts<'j>(value: &'j Json, list: &str) -> Vec<&'j str> {
    items(value, list).filter_map(Json::as_str).collect()
}

fn service(document: &Document, spec: &Json) -> BTreeSet<String> {
    let how = match text(spec, "/type") {
        Some("LoadBalancer") => "load balancer",
        Some("NodePort") => "port of every node",
        _ => return BTreeSet::new(),
    };
    let mut from = texts(spec, "loadBalancerSourceRanges");
    if from.is_empty() {
        from.push("everywhere");
    }
    let ports = items(spec, "ports").filter_map(|port| port.get("port"));
    let ways = ports.flat_map(|port| {
        from.iter().map(move |from| {
            format!(
                "{how} → {} on port {port}, from {from}",
                title(&document.id)
            )
        })
    });
    ways.collect()
}

fn ingress(document: &Document, spec: &Json) -> BTreeSet<String> {
    let namespace = document.id.namespace.as_deref().unwrap_or("default");
    let mut found = BTreeSet::new();
    for rule in items(spec, "rules") {
        let host = text(rule, "/host").unwrap_or("every name");
        for path in rule
            .get("http")
            .into_iter()
            .flat_map(|http| items(http, "paths"))
        {
            let to = text(path, "/backend/service/name").unwrap_or("(a resource)");
            let path = text(path, "/path").unwrap_or("/");
            found.insert(format!("{host}{path} → Service {namespace}/{to}"));
        }
    }
    found
}

fn or_all(names: Vec<&str>) -> Vec<&str> {
    if names.is_empty() {
        vec!["every name"]
    } else {
        names
    }
}

fn route(document: &Document, spec: &Json) -> BTreeSet<String> {
    let namespace = document.id.namespace.as_deref().unwrap_or("default");
    let mut found = BTreeSet::new();
    for host in or_all(texts(spec, "hostnames")) {
        for rule in items(spec, "rules") {
            let mut paths: Vec<&str> = items(rule, "matches")
                .map(|one| text(one, "/path/value").unwrap_or("/"))
                .collect();
            if paths.is_empty() {
                paths.push("/");
            }
            for backend in items(rule, "backendRefs") {
                let to = text(backend, "/name").unwrap_or_default();
                let namespace = text(backend, "/namespace").unwrap_or(namespace);
                let ways = paths
                    .iter()
                    .map(|path| format!("{host}{path} → Service {namespace}/{to}"));
                found.extend(ways);
            }
        }
    }
    found
}

/// Routes of the mesh alone let nobody in from outside.
fn virtual_service(document: &Document, spec: &Json) -> BTreeSet<String> {
    let mut gateways = texts(spec, "gateways").into_iter();
    if gateways.all(|gateway| gateway == "mesh") {
        return BTreeSet::new();
    }
    let mut found = BTreeSet::new();
    for host in or_all(texts(spec, "hosts")) {
        for http in items(spec, "http") {
            let mut paths: Vec<String> = items(http, "match")
                .map(|one| {
                    let uri = one.get("uri").and_then(Json::as_object);
                    let first = uri.and_then(|uri| uri.values().next());
                    first.and_then(Json::as_str).unwrap_or("/").to_owned()
                })
                .collect();
            if paths.is_empty() {
                paths.push("/".to_owned());
            }
            for to in items(http, "route").filter_map(|route| text(route, "/destination/host")) {
                let ways = paths
                    .iter()
                    .map(|path| format!("{host}{path} → {to}, by {}", title(&document.id)));
                found.extend(ways);
            }
        }
    }
    found
}
