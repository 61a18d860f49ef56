//! WORK012: containers that run on have a liveness probe.

use serde_json::Value as Json;

use crate::cluster::{Cluster, templates};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Containers that run on have a liveness probe.
pub(crate) static RULE: Rule = Rule {
    code: "WORK012",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "containers that run on have a liveness probe",
    why: "A process that hangs keeps running until somebody looks.",
    fix: "Add a `livenessProbe` that fails only when a restart is what helps.",
    absorbs: &[
        "kube-linter no-liveness-probe",
        "kube-score pod-probes",
        "polaris livenessProbeMissing",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster).filter(|template| !template.ends()) {
        for container in template.main_containers() {
            if container
                .value
                .get("livenessProbe")
                .is_none_or(Json::is_null)
            {
                let message = format!("container {} has no liveness probe", container.name());
                findings.add(
                    template.owner,
                    template.path_in(&container, "livenessProbe"),
                    message,
                );
            }
        }
    }
}
