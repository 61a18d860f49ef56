//! SEC034: making pods is for those who need it.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::powers::{self, Power};

/// Making pods is for those who need it.
pub(crate) static RULE: Rule = Rule {
    code: "SEC034",
    area: Area::Security,
    severity: Severity::Warning,
    title: "making pods is for those who need it",
    why: "A pod runs as any account of its namespace and mounts every Secret of it: who may make pods has all of these.",
    fix: "Leave making pods to the controllers and to Argo CD.",
    absorbs: &["kube-linter access-to-create-pods"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    powers::report(cluster, findings, Power::CreatePods);
}
