//! WORK036: containers say how much memory they need.

use super::resources::unsaid;
use crate::cluster::{Cluster, templates};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Containers say how much memory they need.
pub(crate) static RULE: Rule = Rule {
    code: "WORK036",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "containers say how much memory they need",
    why: "A container that asks for none is put on any node, full ones too, and is the first to be killed there.",
    fix: "Set `resources.requests.memory`.",
    absorbs: &[
        "kube-score container-resources",
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
            let unsaid = unsaid(cluster, &template, &container, &[("requests", "memory")]);
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
