//! WORK008: containers say how much processor time they need.

use super::resources::unsaid;
use crate::cluster::{Cluster, templates};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Containers say how much processor time they need.
pub(crate) static RULE: Rule = Rule {
    code: "WORK008",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "containers say how much processor time they need",
    why: "A container that asks for none is put on any node, full ones too, and gets what the others leave.",
    fix: "Set `resources.requests.cpu`.",
    absorbs: &[
        "kube-linter unset-cpu-requirements",
        "kube-score container-resources",
        "polaris cpuRequestsMissing",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        for container in template
            .containers()
            .filter(|container| !container.is_ephemeral())
        {
            let unsaid = unsaid(cluster, &template, &container, &[("requests", "cpu")]);
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
