//! WORK035: nothing runs in the namespace default.

use crate::cluster::{Cluster, namespace_of};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Nothing runs in the namespace default.
pub(crate) static RULE: Rule = Rule {
    code: "WORK035",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "nothing runs in the namespace default",
    why: "In it everything that names no namespace comes together: rights, quotas and network policies cannot be told apart.",
    fix: "Give it a namespace of its own.",
    absorbs: &["kube-linter use-namespace"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for document in cluster.documents() {
        let is_told = match (document.id.group(), document.id.kind.as_ref()) {
            // The Service of the API server itself lives there.
            ("", "Service") => document.id.name != "kubernetes",
            ("", "Pod")
            | ("apps", "Deployment" | "StatefulSet" | "DaemonSet")
            | ("batch", "Job" | "CronJob")
            | ("argoproj.io", "Rollout") => true,
            _ => false,
        };
        if is_told && namespace_of(document) == "default" {
            findings.add(
                document,
                "metadata.namespace",
                "it is in the namespace default",
            );
        }
    }
}
