//! WORK025: a change replaces the pods one after the other.

use super::scale::Scalers;
use crate::cluster::{Cluster, templates, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A change replaces the pods one after the other.
pub(crate) static RULE: Rule = Rule {
    code: "WORK025",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "a change replaces the pods one after the other",
    why: "With `Recreate` or `OnDelete` a change stops all pods before the first new one runs, or replaces none at all.",
    fix: "Use `RollingUpdate`; where two versions must not run together, one pod is the honest number.",
    absorbs: &[
        "kube-linter no-rolling-update-strategy",
        "kube-score deployment-strategy",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let scalers = Scalers::of(cluster);
    for template in templates(cluster) {
        let (field, wrong) = match template.kind() {
            "Deployment" => ("strategy", "Recreate"),
            "StatefulSet" | "DaemonSet" => ("updateStrategy", "OnDelete"),
            _ => continue,
        };
        let strategy = text(&template.owner.value, &format!("/spec/{field}/type"));
        if strategy == Some(wrong)
            && (template.kind() == "DaemonSet" || scalers.least(&template).may_be_several())
        {
            let message = format!("the strategy is {wrong}");
            findings.add(template.owner, format!("spec.{field}.type"), message);
        }
    }
}
