//! WORK008: containers say what they need.

use super::resources::unsaid;
use crate::cluster::{Cluster, templates};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Containers say what they need.
pub(crate) static RULE: Rule = Rule {
    code: "WORK008",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "containers say what they need",
    why: "A container that asks for nothing is put on any node, and is the first to be killed or throttled when that node is full.",
    fix: "Set `resources.requests` for cpu and memory.",
    absorbs: &[
        "kube-linter unset-cpu-requirements",
        "kube-score container-resources",
        "polaris cpuRequestsMissing",
        "polaris memoryRequestsMissing",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        for container in template
            .containers()
            .filter(|container| !container.is_ephemeral())
        {
            let unsaid = unsaid(
                &template,
                &container,
                &[("requests", "cpu"), ("requests", "memory")],
            );
            if !unsaid.is_empty() {
                let message = format!(
                    "container {} requests no {}",
                    container.name(),
                    unsaid.join(" and no ")
                );
                let path = template.path_in(&container, "resources");
                findings.add(template.owner, path, message);
            }
        }
    }
}
