//! WORK013: pods that run on have a readiness probe.

use serde_json::Value as Json;

use crate::cluster::{Cluster, templates};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Pods that run on have a readiness probe.
pub(crate) static RULE: Rule = Rule {
    code: "WORK013",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "pods that run on have a readiness probe",
    why: "A pod without one gets requests as soon as its process starts, and keeps getting them while it cannot answer; a rolling update goes on over pods that do not work.",
    fix: "Add a `readinessProbe` to the container that answers.",
    absorbs: &[
        "kube-linter no-readiness-probe",
        "kube-score pod-probes",
        "polaris readinessProbeMissing",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster).filter(|template| !template.ends()) {
        let has_probe = |value: &Json| {
            value
                .get("readinessProbe")
                .is_some_and(|probe| !probe.is_null())
        };
        // One container that answers for the pod is enough: a helper that is not ready would take all of it away.
        let mut mains = template.main_containers();
        let Some(first) = mains.next() else {
            continue;
        };
        if !has_probe(first.value) && !mains.any(|container| has_probe(container.value)) {
            let message = "no container of the pod has a readiness probe";
            findings.add(
                template.owner,
                template.path_in(&first, "readinessProbe"),
                message,
            );
        }
    }
}
