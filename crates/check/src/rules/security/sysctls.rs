//! SEC020: pods set no unsafe kernel settings.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::standards::{self, Control, Level};

/// Pods set no unsafe kernel settings.
pub(crate) static RULE: Rule = Rule {
    code: "SEC020",
    area: Area::Security,
    severity: Severity::Warning,
    title: "pods set no unsafe kernel settings",
    why: "A setting of the kernel that is not of the pod alone changes the node under all others; the kubelet refuses it unless it is told to.",
    fix: "Leave it out, or set it on the nodes.",
    absorbs: &["kube-linter unsafe-sysctls"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    standards::report(cluster, findings, Level::Baseline, Control::Sysctls);
}
