//! REFS008: the role of a binding exists.

use crate::cluster::{Cluster, namespace_of, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The role of a binding exists.
pub(crate) static RULE: Rule = Rule {
    code: "REFS008",
    area: Area::References,
    severity: Severity::Error,
    title: "the role of a binding exists",
    why: "A binding to a role that does not exist grants nothing, and grants whatever somebody later puts under that name.",
    fix: "Add the Role or ClusterRole, or correct the name.",
    absorbs: &[
        "polaris rolebindingRolePodExecAttach",
        "polaris clusterrolebindingPodExecAttach",
        "polaris rolebindingClusterRolePodExecAttach",
    ],
    check: Some(check),
};

const GROUP: &str = "rbac.authorization.k8s.io";

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let bindings = ["RoleBinding", "ClusterRoleBinding"]
        .into_iter()
        .flat_map(|kind| cluster.of_kind(GROUP, kind));
    for binding in bindings {
        let (Some(kind), Some(name)) = (
            text(&binding.value, "/roleRef/kind"),
            text(&binding.value, "/roleRef/name"),
        ) else {
            continue;
        };
        let namespace = if kind == "Role" {
            namespace_of(binding)
        } else {
            ""
        };
        if (kind == "ClusterRole" && is_built_in(name))
            || cluster.exists(GROUP, kind, namespace, name)
        {
            continue;
        }
        let help = cluster.nearest(GROUP, kind, namespace, name);
        findings.add_with_help(
            binding,
            "roleRef.name",
            format!("there is no {kind} {name}"),
            help,
        );
    }
}

/// The cluster roles that the API server makes.
fn is_built_in(name: &str) -> bool {
    matches!(name, "cluster-admin" | "admin" | "edit" | "view") || name.starts_with("system:")
}
