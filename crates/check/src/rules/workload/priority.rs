//! WORK030: pods have a priority.

use serde_json::Value as Json;

use crate::cluster::{Cluster, templates, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Pods have a priority.
pub(crate) static RULE: Rule = Rule {
    code: "WORK030",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "pods have a priority",
    why: "When nodes are full, pods without a class wait behind or are removed for any that have one, whatever they are worth.",
    fix: "Name a `priorityClassName`, or make a class the default of the cluster.",
    absorbs: &[
        "kube-linter priority-class-name",
        "polaris priorityClassNotSet",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let classes = cluster.of_kind("scheduling.k8s.io", "PriorityClass").iter();
    let mut defaults =
        classes.map(|class| class.value.get("globalDefault") == Some(&Json::Bool(true)));
    let has_default = defaults.any(|is_default| is_default);
    if has_default {
        return;
    }
    for template in templates(cluster) {
        if text(template.spec, "/priorityClassName").is_none_or(str::is_empty) {
            findings.add(
                template.owner,
                template.path("priorityClassName"),
                "the pods have no priority class",
            );
        }
    }
}
