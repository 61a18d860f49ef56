//! SEC005: pods do not see the processes of their node.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::standards::{self, Control, Level};

/// Pods do not see the processes of their node.
pub(crate) static RULE: Rule = Rule {
    code: "SEC005",
    area: Area::Security,
    severity: Severity::Warning,
    title: "pods do not see the processes of their node",
    why: "A container that sees the processes of the node can read their environment, with the secrets in it, and kill them.",
    fix: "Take `hostPID` away; a debugger goes into the pod as an ephemeral container.",
    absorbs: &["kube-linter host-pid", "polaris hostPIDSet"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    standards::report(cluster, findings, Level::Baseline, Control::HostProcessIds);
}
