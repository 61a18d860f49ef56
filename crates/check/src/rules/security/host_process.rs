//! SEC022: no container is a process of a Windows node.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::standards::{self, Control, Level};

/// No container is a process of a Windows node.
pub(crate) static RULE: Rule = Rule {
    code: "SEC022",
    area: Area::Security,
    severity: Severity::Warning,
    title: "no container is a process of a Windows node",
    why: "A host process has the rights of an administrator of the node.",
    fix: "Take `hostProcess` away.",
    absorbs: &["polaris hostProcess"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    standards::report(cluster, findings, Level::Baseline, Control::HostProcess);
}
