//! WORK009: containers have a limit of memory.

use super::resources::unsaid;
use crate::cluster::{Cluster, templates};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Containers have a limit of memory.
pub(crate) static RULE: Rule = Rule {
    code: "WORK009",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "containers have a limit of memory",
    why: "Without one a container that leaks takes the memory of its node, and the kernel kills others for it.",
    fix: "Set `resources.limits.memory`.",
    absorbs: &[
        "kube-linter unset-memory-requirements",
        "kube-score container-resources",
        "polaris memoryLimitsMissing",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        for container in template
            .containers()
            .filter(|container| !container.is_ephemeral())
        {
            let unsaid = unsaid(cluster, &template, &container, &[("limits", "memory")]);
            if !unsaid.is_empty() {
                let message = format!(
                    "container {} has no limit of {}",
                    container.name(),
                    unsaid.join(" and no ")
                );
                let path = template.path_in(&container, "resources");
                findings.add(template.owner, path, message);
            }
        }
    }
}
