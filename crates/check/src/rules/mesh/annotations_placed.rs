//! MESH019: an annotation of Istio stands where Istio reads it.

use crate::cluster::Cluster;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::annotations;

/// An annotation of Istio stands where Istio reads it.
pub(crate) static RULE: Rule = Rule {
    code: "MESH019",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "an annotation of Istio stands where Istio reads it",
    why: "On another kind of object it has no effect; the usual case is one on a Deployment that belongs on the template of its pods.",
    fix: "Move it to a kind that Istio reads it of.",
    absorbs: &["istioctl IST0107"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for annotation in annotations::all(cluster) {
        let Some((kinds, _)) = annotation.known() else {
            continue;
        };
        if !kinds.is_empty() && !kinds.contains(&annotation.kind) {
            let message = format!(
                "{} is read of {}, not of a {}",
                annotation.name,
                kinds.join(", "),
                annotation.kind
            );
            findings.add(annotation.document, annotation.path, message);
        }
    }
    let classes = cluster.of_kind("", "Namespace").iter();
    let with_pods = cluster.of_kind("", "Pod").iter();
    let services = cluster.of_kind("", "Service").iter();
    for document in classes.chain(with_pods).chain(services) {
        let annotations = document.value.lookup("/metadata/annotations");
        if annotations.is_some_and(|found| found.get("kubernetes.io/ingress.class").is_some()) {
            let message = format!(
                "kubernetes.io/ingress.class is read of Ingress, not of a {}",
                document.id.kind
            );
            let path = "metadata.annotations[kubernetes.io/ingress.class]";
            findings.add(document, path, message);
        }
    }
}
