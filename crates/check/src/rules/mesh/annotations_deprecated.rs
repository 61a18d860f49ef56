//! MESH021: no annotation of Istio is deprecated.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::annotations;

/// No annotation of Istio is deprecated.
pub(crate) static RULE: Rule = Rule {
    code: "MESH021",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "no annotation of Istio is deprecated",
    why: "A later Istio does not read it any more.",
    fix: "Use what replaced it: the label of the same name for sidecar.istio.io/inject, a Telemetry or the annotation proxy.istio.io/config for the rest.",
    absorbs: &["istioctl IST0135"],
    check: Some(check),
};

const INJECT: &str = "sidecar.istio.io/inject";

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for annotation in annotations::all(cluster) {
        if !annotation.known().is_some_and(|(_, deprecated)| deprecated) {
            continue;
        }
        let pods = || cluster.pods_of(annotation.document);
        // Beside the label the annotation serves older control planes.
        let has_label = annotation.name == INJECT
            && pods().is_some_and(|pods| pods.labels.contains_key(INJECT));
        if !has_label {
            let message = format!("{} is deprecated", annotation.name);
            findings.add(annotation.document, annotation.path, message);
        }
    }
}
