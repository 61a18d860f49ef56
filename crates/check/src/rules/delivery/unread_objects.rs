//! DELV025: no object waits for a controller that is gone.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, text};
use crate::document::Document;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::applications::{self, Tree};

/// No object waits for a controller that is gone.
pub(crate) static RULE: Rule = Rule {
    code: "DELV025",
    area: Area::Delivery,
    severity: Severity::Warning,
    title: "no object waits for a controller that is gone",
    why: "What nobody maintains gets no more fixes, and what nobody reads does nothing: the object only looks as if it did.",
    fix: "Move to what took its place, which the message names.",
    absorbs: &[],
    check: Some(check),
};

/// What is said of each kind, by group and kind, with the source of the fact.
const KINDS: [(&str, &str, &str); 4] = [
    // Istio 1.24, change notes: the operator in the cluster is gone.
    (
        "install.istio.io",
        "IstioOperator",
        "no controller in the cluster reads an IstioOperator since Istio 1.24: it is input of `istioctl install`",
    ),
    // Kyverno 1.17 and later: the policies of kyverno.io are deprecated for those of policies.kyverno.io.
    (
        "kyverno.io",
        "ClusterPolicy",
        "Kyverno is about to remove ClusterPolicy: write a ValidatingPolicy, MutatingPolicy, GeneratingPolicy or ImageValidatingPolicy of policies.kyverno.io",
    ),
    (
        "kyverno.io",
        "Policy",
        "Kyverno is about to remove Policy: write a NamespacedValidatingPolicy or another of policies.kyverno.io",
    ),
    (
        "kyverno.io",
        "CleanupPolicy",
        "Kyverno is about to remove CleanupPolicy: write a NamespacedDeletingPolicy of policies.kyverno.io",
    ),
];

/// Ingress NGINX of the Kubernetes project, retired in March 2026 (the announcement of its maintainers).
const INGRESS_CONTROLLER: &str = "k8s.io/ingress-nginx";
const INGRESS_IMAGE: &str = "/ingress-nginx/controller";
const INGRESS: &str = "Ingress NGINX was retired in March 2026 and gets no more fixes: take another ingress controller or a gateway";

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let tree = Tree::of(cluster);
    let has_applications = applications::all(cluster).next().is_some();
    // Beside Applications, what none of them takes is applied by nobody: it may be input of a tool.
    let is_applied = |document: &Document| !has_applications || !tree.owners(document).is_empty();
    for document in cluster.documents().filter(|document| is_applied(document)) {
        let id = &document.id;
        let known = KINDS
            .iter()
            .find(|(group, kind, _)| *group == id.group() && *kind == id.kind);
        if let Some((_, _, message)) = known {
            findings.add(document, "kind", *message);
        }
        let is_class = id.group() == "networking.k8s.io" && id.kind == "IngressClass";
        if is_class && text(&document.value, "/spec/controller") == Some(INGRESS_CONTROLLER) {
            findings.add(document, "spec.controller", INGRESS);
        }
        containers(cluster, findings, document);
    }
}

fn containers(cluster: &Cluster<'_>, findings: &mut Findings<'_>, document: &Document) {
    let Some(pods) = cluster.pods_of(document) else {
        return;
    };
    for container in pods.containers() {
        let image = text(container.value, "/image").unwrap_or_default();
        let name = image.split('@').next().unwrap_or_default();
        let name = name.rsplit_once(':').map_or(name, |(name, _)| name);
        if name.ends_with(INGRESS_IMAGE) {
            findings.add(document, format!("{}.image", container.path(pods)), INGRESS);
        }
        if name.ends_with("/prometheus") && reads_retention(image) {
            retention(findings, document, container.value, &container.path(pods));
        }
    }
}

/// Whether an image is of a Prometheus whose file says the retention.
fn reads_retention(image: &str) -> bool {
    let tag = image
        .split('@')
        .next()
        .and_then(|name| name.rsplit_once(":v"));
    let mut numbers = tag.map_or("", |(_, tag)| tag).split('.');
    let mut number = || numbers.next()?.parse::<u32>().ok();
    number()
        .zip(number())
        .is_some_and(|version| version >= (3, 11))
}

/// From Prometheus 3.11 on the flags for the retention are deprecated for the fields of its file.
fn retention(findings: &mut Findings<'_>, document: &Document, container: &Json, path: &str) {
    for (at, argument) in list(container, "/args") {
        let flag = argument.as_str().unwrap_or_default();
        if flag
            .trim_start_matches('-')
            .starts_with("storage.tsdb.retention")
        {
            let name = flag.split('=').next().unwrap_or(flag);
            let message = format!(
                "{name} is deprecated: say it in the configuration, as storage.tsdb.retention"
            );
            findings.add(document, format!("{path}.args[{at}]"), message);
        }
    }
}
