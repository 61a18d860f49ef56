//! WORK010: containers have a limit of processor time.

use super::resources::unsaid;
use crate::cluster::{Cluster, templates};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Containers have a limit of processor time.
pub(crate) static RULE: Rule = Rule {
    code: "WORK010",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "containers have a limit of processor time",
    why: "Without one a container takes what its neighbours leave, so its speed depends on who they are, and quotas for limits refuse it.",
    fix: "Set `resources.limits.cpu`, well above what is usual.",
    absorbs: &["kube-score container-resources", "polaris cpuLimitsMissing"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        for container in template
            .containers()
            .filter(|container| !container.is_ephemeral())
        {
            let unsaid = unsaid(cluster, &template, &container, &[("limits", "cpu")]);
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
