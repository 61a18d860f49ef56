//! SEC031: nobody is bound to everything.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::powers::{self, Power};

/// Nobody is bound to everything.
pub(crate) static RULE: Rule = Rule {
    code: "SEC031",
    area: Area::Security,
    severity: Severity::Warning,
    title: "nobody is bound to everything",
    why: "Whoever takes over this subject has the cluster, or the namespace, whole.",
    fix: "Give the rights that are needed, by a role of their own.",
    absorbs: &[
        "kube-linter cluster-admin-role-binding",
        "polaris clusterrolebindingClusterAdmin",
        "polaris rolebindingClusterAdminClusterRole",
        "polaris rolebindingClusterAdminRole",
        "polaris clusterrolePodExecAttach",
        "polaris rolePodExecAttach",
        "polaris clusterrolebindingPodExecAttach",
        "polaris rolebindingClusterRolePodExecAttach",
        "polaris rolebindingRolePodExecAttach",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    powers::report(cluster, findings, Power::Everything);
}
