//! MESH034: a Sidecar is for pods that have one.

use crate::cluster::{Cluster, namespace_of, selector};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::membership::{self, Namespace};

/// A Sidecar is for pods that have one.
pub(crate) static RULE: Rule = Rule {
    code: "MESH034",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "a Sidecar is for pods that have one",
    why: "In ambient mode the proxy of the node carries the traffic, and it reads no Sidecar.",
    fix: "Remove it; use a waypoint and its policies.",
    absorbs: &["istioctl IST0167"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for sidecar in cluster.of_kind("networking.istio.io", "Sidecar") {
        let namespace = namespace_of(sidecar);
        let labels = sidecar
            .value
            .lookup("/spec/workloadSelector/labels")
            .filter(|labels| labels.as_object().is_some_and(|labels| !labels.is_empty()));
        match labels {
            None if membership::of_namespace(cluster, namespace) == Namespace::Ambient => {
                let message = format!("namespace {namespace} is in ambient mode");
                findings.add(sidecar, "spec", message);
            }
            None => {}
            Some(labels) => {
                let ambient = cluster.pods_in(namespace).find(|pods| {
                    selector::matches_map(labels, &pods.labels) && membership::is_ambient(pods)
                });
                if let Some(pods) = ambient {
                    let message = format!("{} is in ambient mode", pods.title);
                    findings.add(sidecar, "spec.workloadSelector.labels", message);
                }
            }
        }
    }
}
