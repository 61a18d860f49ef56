//! SEC035: a shell in pods is for those who need it.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::powers::{self, Power};

/// A shell in pods is for those who need it.
pub(crate) static RULE: Rule = Rule {
    code: "SEC035",
    area: Area::Security,
    severity: Severity::Warning,
    title: "a shell in pods is for those who need it",
    why: "Inside of a pod all its secrets and its network are at hand, and what is changed there nobody sees in Git.",
    fix: "Leave `pods/exec` and `pods/attach` out; logs and metrics show what is looked for.",
    absorbs: &[
        "polaris clusterrolePodExecAttach",
        "polaris rolePodExecAttach",
        "polaris clusterrolebindingPodExecAttach",
        "polaris rolebindingClusterRolePodExecAttach",
        "polaris rolebindingRolePodExecAttach",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    powers::report(cluster, findings, Power::Exec);
}
