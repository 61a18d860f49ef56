//! REFS016: the backends of a route of the Gateway API exist.

use serde_json::Value as Json;

use super::route_parents::{GROUP, ROUTES, called};
use crate::cluster::{Cluster, Found, list, namespace_of, text};
use crate::document::Document;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The backends of a route of the Gateway API exist.
pub(crate) static RULE: Rule = Rule {
    code: "REFS016",
    area: Area::References,
    severity: Severity::Error,
    title: "the backends of a route of the Gateway API exist",
    why: "The gateway answers 500 for the share of requests whose backend does not exist, has no such port, or is in a namespace that does not grant it.",
    fix: "Name a Service and one of its ports; for one of another namespace, add a ReferenceGrant there.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for kind in ROUTES {
        for route in cluster.of_kind(GROUP, kind) {
            for (path, backend) in backends(route) {
                if let Some((message, help)) = fault(cluster, route, backend) {
                    findings.add_with_help(route, path, message, help);
                }
            }
        }
    }
}

/// Everything that a route sends requests to.
fn backends(route: &Document) -> Vec<(String, &Json)> {
    let mut found = Vec::new();
    for (rule, value) in list(&route.value, "/spec/rules") {
        let rule = format!("spec.rules[{rule}]");
        for (at, backend) in list(value, "/backendRefs") {
            let path = format!("{rule}.backendRefs[{at}]");
            mirrors(&path, backend, &mut found);
            found.push((path, backend));
        }
        mirrors(&rule, value, &mut found);
    }
    found
}

/// What filters send copies of requests to.
fn mirrors<'j>(path: &str, value: &'j Json, found: &mut Vec<(String, &'j Json)>) {
    for (at, filter) in list(value, "/filters") {
        if let Some(backend) = filter.pointer("/requestMirror/backendRef") {
            found.push((
                format!("{path}.filters[{at}].requestMirror.backendRef"),
                backend,
            ));
        }
    }
}

fn fault(
    cluster: &Cluster<'_>,
    route: &Document,
    backend: &Json,
) -> Option<(String, Option<String>)> {
    let is_service = text(backend, "/group").unwrap_or_default().is_empty()
        && text(backend, "/kind").unwrap_or("Service") == "Service";
    let own = namespace_of(route);
    let namespace = text(backend, "/namespace").unwrap_or(own);
    let name = text(backend, "/name").filter(|_| is_service)?;
    let Some(found) = cluster.find("", "Service", namespace, name) else {
        // What another namespace has, whoever wrote this may not know.
        let is_ours =
            namespace == own || cluster.document("", "Namespace", "", namespace).is_some();
        return is_ours.then(|| {
            let help = cluster.nearest("", "Service", namespace, name);
            (
                format!("there is no {}", called("Service", namespace, name)),
                help,
            )
        });
    };
    if let (Found::Document(service), Some(port)) = (found, backend.get("port")) {
        let ports: Vec<&Json> = list(&service.value, "/spec/ports")
            .filter_map(|(_, open)| open.get("port"))
            .collect();
        if !ports.contains(&port) {
            let shown: Vec<String> = ports.iter().map(ToString::to_string).collect();
            let help = (!shown.is_empty()).then(|| format!("its ports are {}", shown.join(", ")));
            return Some((
                format!("{} has no port {port}", called("Service", namespace, name)),
                help,
            ));
        }
    }
    let is_granted = namespace == own || is_granted(cluster, route, namespace, name);
    (!is_granted).then(|| {
        let message = format!(
            "no ReferenceGrant of namespace {namespace} lets routes of {own} use Service {name}"
        );
        (message, None)
    })
}

fn is_granted(cluster: &Cluster<'_>, route: &Document, namespace: &str, name: &str) -> bool {
    let grants = cluster.of_kind(GROUP, "ReferenceGrant").iter();
    let mut grants = grants.filter(|grant| namespace_of(grant) == namespace);
    grants.any(|grant| {
        let from = list(&grant.value, "/spec/from").any(|(_, from)| {
            text(from, "/group") == Some(GROUP)
                && text(from, "/kind") == Some(&*route.id.kind)
                && text(from, "/namespace") == Some(namespace_of(route))
        });
        let to = list(&grant.value, "/spec/to").any(|(_, to)| {
            text(to, "/kind") == Some("Service")
                && text(to, "/name").is_none_or(|granted| granted == name)
        });
        from && to
    })
}
