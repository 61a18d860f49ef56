//! SEC040: no rights go to groups that nobody controls.

use crate::cluster::{Cluster, list, text};
use crate::report::Findings;
use crate::rights::roles::GROUP;
use crate::rule::{Area, Rule, Severity};

/// No rights go to groups that nobody controls.
pub(crate) static RULE: Rule = Rule {
    code: "SEC040",
    area: Area::Security,
    severity: Severity::Warning,
    title: "no rights go to groups that nobody controls",
    why: "Members of system:masters pass by every check and cannot be revoked; system:authenticated and system:unauthenticated are everybody.",
    fix: "Bind a group of your own.",
    absorbs: &[],
    check: Some(check),
};

/// Names that stand for more people than anybody can list.
const EVERYBODY: [&str; 5] = [
    "system:masters",
    "system:authenticated",
    "system:unauthenticated",
    "system:anonymous",
    "system:serviceaccounts",
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for kind in ["RoleBinding", "ClusterRoleBinding"] {
        for binding in cluster.of_kind(GROUP, kind) {
            // The API server binds its own roles of discovery to everybody.
            if binding.id.name.starts_with("system:") {
                continue;
            }
            for (index, subject) in list(&binding.value, "/subjects") {
                let name = text(subject, "/name").unwrap_or_default();
                if text(subject, "/kind") != Some("ServiceAccount") && EVERYBODY.contains(&name) {
                    let role = text(&binding.value, "/roleRef/name").unwrap_or_default();
                    let message = format!("{name} has the rights of {role}");
                    findings.add(binding, format!("subjects[{index}].name"), message);
                }
            }
        }
    }
}
