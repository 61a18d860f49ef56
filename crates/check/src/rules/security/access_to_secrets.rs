//! SEC033: access to Secrets is for those who need it.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::powers::{self, Power};

/// Access to Secrets is for those who need it.
pub(crate) static RULE: Rule = Rule {
    code: "SEC033",
    area: Area::Security,
    severity: Severity::Warning,
    title: "access to Secrets is for those who need it",
    why: "Whoever reads a Secret is whoever it belongs to: a database, a cloud account, another service.",
    fix: "Mount the one Secret into the pod that needs it; a role names it by `resourceNames`.",
    absorbs: &["kube-linter access-to-secrets"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    powers::report(cluster, findings, Power::Secrets);
}
