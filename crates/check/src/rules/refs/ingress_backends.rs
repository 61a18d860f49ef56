//! REFS012: the backends of an Ingress exist.

use serde_json::Value as Json;

use crate::cluster::{Cluster, Found, list, namespace_of, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The backends of an Ingress exist.
pub(crate) static RULE: Rule = Rule {
    code: "REFS012",
    area: Area::References,
    severity: Severity::Error,
    title: "the backends of an Ingress exist",
    why: "The ingress controller answers 503 for a path whose Service or port does not exist.",
    fix: "Name a Service of the same namespace and one of its ports.",
    absorbs: &[
        "kube-linter dangling-ingress",
        "kube-score ingress-targets-service",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for ingress in cluster.of_kind("networking.k8s.io", "Ingress") {
        backend(
            cluster,
            findings,
            ingress,
            ingress.value.lookup("/spec/defaultBackend"),
            "spec.defaultBackend",
        );
        for (rule, value) in list(&ingress.value, "/spec/rules") {
            for (index, path) in list(value, "/http/paths") {
                let place = format!("spec.rules[{rule}].http.paths[{index}].backend");
                backend(cluster, findings, ingress, path.get("backend"), &place);
            }
        }
    }
}

fn backend(
    cluster: &Cluster<'_>,
    findings: &mut Findings<'_>,
    ingress: &Document,
    backend: Option<&Json>,
    path: &str,
) {
    let Some(service) = backend.and_then(|backend| backend.get("service")) else {
        return;
    };
    let (namespace, name) = (
        namespace_of(ingress),
        text(service, "/name").unwrap_or_default(),
    );
    let Some(found) = cluster.find("", "Service", namespace, name) else {
        let help = cluster.nearest("", "Service", namespace, name);
        findings.add_with_help(
            ingress,
            format!("{path}.service.name"),
            format!("there is no Service {namespace}/{name}"),
            help,
        );
        return;
    };
    let port = service
        .lookup("/port/name")
        .or_else(|| service.lookup("/port/number"));
    if let (Some(port), Found::Document(document)) = (port, found) {
        let fits = |(_, declared): (usize, &Json)| {
            declared.get("name") == Some(port) || declared.get("port") == Some(port)
        };
        if !list(&document.value, "/spec/ports").any(fits) {
            findings.add(
                ingress,
                format!("{path}.service.port"),
                format!("Service {namespace}/{name} has no port {port}"),
            );
        }
    }
}
