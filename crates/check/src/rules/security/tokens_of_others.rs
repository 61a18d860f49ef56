//! SEC038: nobody gets tokens or certificates of others.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::powers::{self, Power};

/// Nobody gets tokens or certificates of others.
pub(crate) static RULE: Rule = Rule {
    code: "SEC038",
    area: Area::Security,
    severity: Severity::Warning,
    title: "nobody gets tokens or certificates of others",
    why: "A token or a certificate of somebody else is all the rights that they have.",
    fix: "Leave token requests to the kubelet, and approval to the controller.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    powers::report(cluster, findings, Power::Tokens);
}
