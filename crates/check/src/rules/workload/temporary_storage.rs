//! WORK011: containers say how much they write to the disk of their node.

use super::resources::unsaid;
use crate::cluster::{Cluster, templates};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Containers say how much they write to the disk of their node.
pub(crate) static RULE: Rule = Rule {
    code: "WORK011",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "containers say how much they write to the disk of their node",
    why: "Logs, caches and emptyDirs fill the disk of the node, and the kubelet then evicts whoever it likes.",
    fix: "Set requests and limits for `ephemeral-storage`.",
    absorbs: &["kube-score container-ephemeral-storage-request-and-limit"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        for container in template
            .containers()
            .filter(|container| !container.is_ephemeral())
        {
            let unsaid = unsaid(
                cluster,
                &template,
                &container,
                &[
                    ("requests", "ephemeral-storage"),
                    ("limits", "ephemeral-storage"),
                ],
            );
            if !unsaid.is_empty() {
                let message = format!(
                    "container {} says no {}",
                    container.name(),
                    unsaid.join(" and no ")
                );
                let path = template.path_in(&container, "resources");
                findings.add(template.owner, path, message);
            }
        }
    }
}
