//! REFS015: the parents of a route of the Gateway API take it.

use serde_json::Value as Json;

use crate::cluster::{Cluster, Labels, list, namespace_of, selector, text};
use crate::document::Document;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::syntax;

/// The parents of a route of the Gateway API take it.
pub(crate) static RULE: Rule = Rule {
    code: "REFS015",
    area: Area::References,
    severity: Severity::Error,
    title: "the parents of a route of the Gateway API take it",
    why: "A route that no listener takes leads nobody anywhere: its status says so, and nothing else does.",
    fix: "Name a Gateway and one of its listeners, and let the listener admit the namespace of the route.",
    absorbs: &[],
    check: Some(check),
};

/// The group of the Gateway API.
pub(super) const GROUP: &str = "gateway.networking.k8s.io";
/// The kinds of routes.
pub(super) const ROUTES: [&str; 5] = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for kind in ROUTES {
        for route in cluster.of_kind(GROUP, kind) {
            for (at, parent) in list(&route.value, "/spec/parentRefs") {
                if let Some((field, message, help)) = fault(cluster, route, parent) {
                    let path = format!("spec.parentRefs[{at}]{field}");
                    findings.add_with_help(route, path, message, help);
                }
            }
        }
    }
}

type Fault = (&'static str, String, Option<String>);

fn fault(cluster: &Cluster<'_>, route: &Document, parent: &Json) -> Option<Fault> {
    let group = text(parent, "/group").unwrap_or(GROUP);
    let kind = text(parent, "/kind").unwrap_or("Gateway");
    let namespace = text(parent, "/namespace").unwrap_or(namespace_of(route));
    let name = text(parent, "/name")?;
    let is_known = (group == GROUP && kind == "Gateway") || (group.is_empty() && kind == "Service");
    if !is_known {
        return None;
    }
    if cluster.document(group, kind, namespace, name).is_none() {
        return missing(cluster, (group, kind), namespace, name);
    }
    // Folders of examples have several of one name: one that takes the route suffices.
    let gateways = cluster.of_kind(GROUP, "Gateway").iter();
    let mut faults = gateways
        .filter(|_| kind == "Gateway")
        .filter(|gateway| namespace_of(gateway) == namespace && gateway.id.name == name)
        .map(|gateway| listener_fault(cluster, route, parent, gateway));
    faults.try_fold(None, |_, fault| fault.map(Some))?
}

/// Why no listener of a gateway takes a route.
fn listener_fault(
    cluster: &Cluster<'_>,
    route: &Document,
    parent: &Json,
    gateway: &Document,
) -> Option<Fault> {
    let (namespace, name) = (namespace_of(gateway), gateway.id.name.as_str());
    let listeners: Vec<&Json> = list(&gateway.value, "/spec/listeners")
        .map(|(_, listener)| listener)
        .collect();
    let is_meant = |listener: &&&Json| {
        let name = text(parent, "/sectionName");
        let port = parent.get("port");
        name.is_none_or(|name| text(listener, "/name") == Some(name))
            && port.is_none_or(|port| listener.get("port") == Some(port))
    };
    let meant: Vec<&Json> = listeners.iter().filter(is_meant).copied().collect();
    if meant.is_empty() && !listeners.is_empty() {
        let wanted = text(parent, "/sectionName");
        let names = listeners
            .iter()
            .filter_map(|listener| text(listener, "/name"));
        let near = wanted.and_then(|wanted| syntax::nearest(wanted, names));
        let help = near.map(|near| format!("did you mean `{near}`?"));
        let listener = match (wanted, parent.get("port")) {
            (Some(wanted), _) => format!("listener {wanted}"),
            (None, Some(port)) => format!("listener on port {port}"),
            (None, None) => return None,
        };
        let field = if wanted.is_some() {
            ".sectionName"
        } else {
            ".port"
        };
        let gateway = called("Gateway", namespace, name);
        return Some((field, format!("{gateway} has no {listener}"), help));
    }
    let is_taken = meant
        .iter()
        .any(|listener| admits(cluster, listener, namespace, namespace_of(route)));
    (!is_taken && !meant.is_empty()).then(|| {
        let own = namespace_of(route);
        let gateway = called("Gateway", namespace, name);
        let message = format!("{gateway} admits no routes of namespace {own}");
        let help = "say so in allowedRoutes.namespaces of its listener".to_owned();
        ("", message, Some(help))
    })
}

/// A parent that is not there, where it would be: beside others of its kind, or in a namespace that is among the objects.
fn missing(
    cluster: &Cluster<'_>,
    (group, kind): (&str, &str),
    namespace: &str,
    name: &str,
) -> Option<Fault> {
    let is_external = cluster.exists(group, kind, namespace, name);
    let has_others = cluster.names(group, kind, namespace).next().is_some();
    let is_ours = cluster.document("", "Namespace", "", namespace).is_some();
    let is_whole = !namespace.is_empty() && (has_others || is_ours);
    (!is_external && is_whole).then(|| {
        let help = cluster.nearest(group, kind, namespace, name);
        (
            ".name",
            format!("there is no {}", called(kind, namespace, name)),
            help,
        )
    })
}

/// An object as the messages name it.
pub(super) fn called(kind: &str, namespace: &str, name: &str) -> String {
    match namespace {
        "" => format!("{kind} {name}"),
        _ => format!("{kind} {namespace}/{name}"),
    }
}

/// Whether a listener takes routes of a namespace; in doubt it does.
fn admits(cluster: &Cluster<'_>, listener: &Json, own: &str, namespace: &str) -> bool {
    match text(listener, "/allowedRoutes/namespaces/from").unwrap_or("Same") {
        "Same" => own == namespace,
        "Selector" => {
            let wanted = listener.pointer("/allowedRoutes/namespaces/selector");
            let labels: Option<&Labels> = cluster.namespace_labels(namespace);
            match (wanted, labels) {
                (Some(wanted), Some(labels)) => selector::matches(wanted, labels),
                _ => true,
            }
        }
        "None" => false,
        _ => true,
    }
}
