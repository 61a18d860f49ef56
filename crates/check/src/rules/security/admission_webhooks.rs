//! SEC039: nobody changes the webhooks of admission.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::powers::{self, Power};

/// Nobody changes the webhooks of admission.
pub(crate) static RULE: Rule = Rule {
    code: "SEC039",
    area: Area::Security,
    severity: Severity::Warning,
    title: "nobody changes the webhooks of admission",
    why: "A webhook sees every object, Secrets too, and can change each or refuse all.",
    fix: "Leave them to Argo CD and to the operators that bring them.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    powers::report(cluster, findings, Power::Webhooks);
}
