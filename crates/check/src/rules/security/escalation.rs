//! SEC036: nobody gives rights that they do not have.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::powers::{self, Power};

/// Nobody gives rights that they do not have.
pub(crate) static RULE: Rule = Rule {
    code: "SEC036",
    area: Area::Security,
    severity: Severity::Warning,
    title: "nobody gives rights that they do not have",
    why: "`bind` and `escalate` give any role to anybody, `impersonate` acts as anybody: each is as much as everything.",
    fix: "Leave these verbs to the administrators.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    powers::report(cluster, findings, Power::Escalate);
}
