//! SEC037: nobody reaches the kubelets past the API server.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::powers::{self, Power};

/// Nobody reaches the kubelets past the API server.
pub(crate) static RULE: Rule = Rule {
    code: "SEC037",
    area: Area::Security,
    severity: Severity::Warning,
    title: "nobody reaches the kubelets past the API server",
    why: "The kubelet runs commands in every pod of the node, and neither admission nor the audit log sees it.",
    fix: "Use `nodes/metrics`, `nodes/stats` or `nodes/log`.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    powers::report(cluster, findings, Power::NodeProxy);
}
