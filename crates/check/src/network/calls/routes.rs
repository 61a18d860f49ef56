//! The ways by which traffic from outside comes to Services: Ingresses, routes of the Gateway API, and those of the mesh.

use serde_json::Value as Json;

use super::{Call, Caller, targets};
use crate::cluster::{Cluster, list, namespace_of, selector, text};
use crate::document::Document;
use crate::network::Paths;
use crate::pointer::Lookup;
use crate::rules::mesh::hosts::{self, Host};

/// Names that charts and manifests give to the pods of ingress controllers, as `app.kubernetes.io/name`, `app` or
/// `k8s-app`.
const CONTROLLERS: [&str; 12] = [
    "ingress-nginx",
    "nginx-ingress",
    "nginx-ingress-controller",
    "traefik",
    "haproxy-ingress",
    "kubernetes-ingress",
    "contour",
    "envoy",
    "kong",
    "ambassador",
    "emissary-ingress",
    "apisix",
];

/// All ways.
pub(super) fn all<'a>(cluster: &Cluster<'a>, paths: &Paths) -> Vec<Call<'a>> {
    let mut calls = Vec::new();
    let controller = controller(cluster, paths);
    for ingress in cluster.of_kind("networking.k8s.io", "Ingress") {
        for (path, service) in ingress_backends(ingress) {
            let port = service
                .lookup("/port/number")
                .or_else(|| service.lookup("/port/name"));
            let name = text(service, "/name").unwrap_or_default();
            let place = (namespace_of(ingress), name);
            calls.extend(call(
                cluster,
                paths,
                ingress,
                path,
                place,
                port,
                controller.clone(),
            ));
        }
    }
    for kind in ["HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute"] {
        for route in cluster.of_kind("gateway.networking.k8s.io", kind) {
            for (rule, value) in list(&route.value, "/spec/rules") {
                for (index, backend) in list(value, "/backendRefs") {
                    if text(backend, "/kind").is_some_and(|kind| kind != "Service") {
                        continue;
                    }
                    let namespace = text(backend, "/namespace").unwrap_or(namespace_of(route));
                    let place = (namespace, text(backend, "/name").unwrap_or_default());
                    let path = format!("spec.rules[{rule}].backendRefs[{index}]");
                    let caller = Caller::Unknown("the gateway");
                    calls.extend(call(
                        cluster,
                        paths,
                        route,
                        path,
                        place,
                        backend.get("port"),
                        caller,
                    ));
                }
            }
        }
    }
    for service in hosts::virtual_services(cluster) {
        if let Some(caller) = gateway(cluster, paths, service) {
            calls.extend(destinations(cluster, paths, service, &caller));
        }
    }
    calls
}

fn call<'a>(
    cluster: &Cluster<'a>,
    paths: &Paths,
    document: &'a Document,
    path: String,
    (namespace, name): (&str, &str),
    port: Option<&Json>,
    caller: Caller,
) -> Option<Call<'a>> {
    let service = cluster.document("", "Service", namespace, name)?;
    let port = port?;
    let callees = targets(cluster, paths, service, port);
    let shown = port
        .as_str()
        .map_or_else(|| port.to_string(), str::to_owned);
    (!callees.is_empty()).then(|| Call {
        caller,
        callees,
        document: Some(document),
        path,
        title: format!("Service {namespace}/{name} port {shown}"),
    })
}

/// The Services behind an Ingress, and where they stand.
fn ingress_backends(ingress: &Document) -> Vec<(String, &Json)> {
    let mut found = Vec::new();
    if let Some(service) = ingress.value.lookup("/spec/defaultBackend/service") {
        found.push(("spec.defaultBackend".to_owned(), service));
    }
    for (rule, value) in list(&ingress.value, "/spec/rules") {
        for (index, path) in list(value, "/http/paths") {
            if let Some(service) = path.lookup("/backend/service") {
                found.push((
                    format!("spec.rules[{rule}].http.paths[{index}].backend"),
                    service,
                ));
            }
        }
    }
    found
}

/// The pods of the ingress controller, where there are some that look like it.
fn controller(cluster: &Cluster<'_>, paths: &Paths) -> Caller {
    let is_controller = |labels: &crate::cluster::Labels| {
        ["app.kubernetes.io/name", "app", "k8s-app"]
            .iter()
            .filter_map(|key| labels.get(*key))
            .any(|name| CONTROLLERS.contains(&name.as_str()))
    };
    let all = cluster.pods().iter().enumerate();
    let found = all.filter(|(_, pods)| is_controller(&pods.labels));
    let ends: Vec<usize> = found
        .filter_map(|(position, _)| paths.of_pods(position))
        .collect();
    if ends.is_empty() {
        Caller::Unknown("the ingress controller")
    } else {
        Caller::OneOf(ends)
    }
}

/// The pods of the gateways that a `VirtualService` is for; nothing where it is for the members of the mesh.
fn gateway(cluster: &Cluster<'_>, paths: &Paths, service: &Document) -> Option<Caller> {
    let mut ends = Vec::new();
    let mut names = list(&service.value, "/spec/gateways").filter_map(|(_, name)| name.as_str());
    let first = names.next().filter(|name| *name != "mesh")?;
    for name in std::iter::once(first).chain(names) {
        let (namespace, name) = name
            .split_once('/')
            .unwrap_or((namespace_of(service), name));
        let gateway = cluster.document(hosts::GROUP, "Gateway", namespace, name);
        let Some(wanted) = gateway.and_then(|gateway| gateway.value.lookup("/spec/selector"))
        else {
            continue;
        };
        let all = cluster.pods().iter().enumerate();
        let found = all.filter(|(_, pods)| selector::matches_map(wanted, &pods.labels));
        ends.extend(found.filter_map(|(position, _)| paths.of_pods(position)));
    }
    Some(if ends.is_empty() {
        Caller::Unknown("the gateway")
    } else {
        Caller::OneOf(ends)
    })
}

fn destinations<'a>(
    cluster: &Cluster<'a>,
    paths: &Paths,
    service: &'a Document,
    caller: &Caller,
) -> Vec<Call<'a>> {
    let mut calls = Vec::new();
    for protocol in ["http", "tcp", "tls"] {
        for (rule, value) in list(&service.value, &format!("/spec/{protocol}")) {
            for (index, route) in list(value, "/route") {
                let Some(host) = text(route, "/destination/host") else {
                    continue;
                };
                let Host::Service {
                    found: crate::cluster::Found::Document(target),
                    namespace,
                } = hosts::resolve(cluster, host, namespace_of(service))
                else {
                    continue;
                };
                // Where a Service has one port, a route need not name it.
                let ports: Vec<&Json> = list(&target.value, "/spec/ports")
                    .map(|(_, port)| port)
                    .collect();
                let only = match ports.as_slice() {
                    [one] => one.get("port"),
                    _ => None,
                };
                let port = route.lookup("/destination/port/number").or(only);
                let path = format!("spec.{protocol}[{rule}].route[{index}].destination");
                let place = (namespace, target.id.name.as_str());
                calls.extend(call(
                    cluster,
                    paths,
                    service,
                    path,
                    place,
                    port,
                    caller.clone(),
                ));
            }
        }
    }
    calls
}
