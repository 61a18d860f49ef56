//! SEC006: pods do not share memory with their node.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::standards::{self, Control, Level};

/// Pods do not share memory with their node.
pub(crate) static RULE: Rule = Rule {
    code: "SEC006",
    area: Area::Security,
    severity: Severity::Warning,
    title: "pods do not share memory with their node",
    why: "Shared memory of the node belongs to its processes and to other pods: it can be read and changed.",
    fix: "Take `hostIPC` away; containers of one pod share memory by an emptyDir.",
    absorbs: &["kube-linter host-ipc", "polaris hostIPCSet"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    standards::report(cluster, findings, Level::Baseline, Control::HostIpc);
}
