//! REFS009: the `ServiceAccounts` of a binding exist.

use crate::cluster::{Cluster, list, namespace_of, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The `ServiceAccounts` of a binding exist.
pub(crate) static RULE: Rule = Rule {
    code: "REFS009",
    area: Area::References,
    severity: Severity::Error,
    title: "the ServiceAccounts of a binding exist",
    why: "The pods that were meant to have the permission run under another account and are refused.",
    fix: "Correct name and namespace of the subject, or add the ServiceAccount.",
    absorbs: &["kube-linter non-existent-service-account"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let bindings = ["RoleBinding", "ClusterRoleBinding"]
        .into_iter()
        .flat_map(|kind| cluster.of_kind("rbac.authorization.k8s.io", kind));
    for binding in bindings {
        for (index, subject) in list(&binding.value, "/subjects") {
            if text(subject, "/kind") != Some("ServiceAccount") {
                continue;
            }
            let name = text(subject, "/name").unwrap_or_default();
            let namespace = text(subject, "/namespace").unwrap_or(namespace_of(binding));
            if name != "default" && !cluster.exists("", "ServiceAccount", namespace, name) {
                let help = cluster.nearest("", "ServiceAccount", namespace, name);
                let message = format!("there is no ServiceAccount {namespace}/{name}");
                findings.add_with_help(binding, format!("subjects[{index}]"), message, help);
            }
        }
    }
}
