//! MESH023: a proxy whose image the injector fills in is injected.

use crate::cluster::{Cluster, Pods, selector, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::membership::{self, Namespace};

/// A proxy whose image the injector fills in is injected.
pub(crate) static RULE: Rule = Rule {
    code: "MESH023",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "a proxy whose image the injector fills in is injected",
    why: "Without injection the image stays `auto`, which no registry has: the pod never starts. A bare Pod keeps the `auto` of its manifest in every case.",
    fix: "Label the pod template sidecar.istio.io/inject=true, or the namespace istio-injection=enabled; run the proxy as a Deployment.",
    absorbs: &["istioctl IST0146", "istioctl IST0147"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for pods in cluster.pods() {
        let Some((owner, _)) = pods.template() else {
            continue;
        };
        let auto = pods.containers().find(|container| {
            container.name() == membership::PROXY && text(container.value, "/image") == Some("auto")
        });
        let Some(container) = auto else { continue };
        let path = format!("{}.image", container.path(pods));
        if owner.id.kind == "Pod" {
            findings.add(owner, path, "the image of a bare Pod is filled in too late");
        } else if !is_injected(cluster, pods) {
            findings.add(owner, path, "nothing injects the proxy into these pods");
        }
    }
}

/// Whether a webhook of Istio takes the pods: one of the objects, or the usual ones.
fn is_injected(cluster: &Cluster<'_>, pods: &Pods<'_>) -> bool {
    let webhooks = || {
        let configurations = cluster.of_kind(
            "admissionregistration.k8s.io",
            "MutatingWebhookConfiguration",
        );
        let lists = configurations
            .iter()
            .filter_map(|configuration| configuration.value.get("webhooks")?.as_array());
        lists
            .flatten()
            .filter(|webhook| text(webhook, "/name").is_some_and(|name| name.ends_with("istio.io")))
    };
    if webhooks().next().is_some() {
        let nothing = crate::cluster::Labels::new();
        let of_namespace = cluster.namespace_labels(pods.namespace).unwrap_or(&nothing);
        return webhooks().any(|webhook| {
            let fits = |field: &str, labels| {
                webhook
                    .get(field)
                    .is_none_or(|wanted| selector::matches(wanted, labels))
            };
            fits("namespaceSelector", of_namespace) && fits("objectSelector", &pods.labels)
        });
    }
    let chosen = pods
        .labels
        .get("sidecar.istio.io/inject")
        .map(String::as_str);
    match membership::of_namespace(cluster, pods.namespace) {
        Namespace::Injected => chosen != Some("false"),
        Namespace::Unknown => true,
        // A revision label on the pod chooses a control plane by itself.
        Namespace::Silent | Namespace::Ambient => {
            chosen == Some("true") || pods.labels.contains_key("istio.io/rev")
        }
        Namespace::Outside => false,
    }
}
