//! SEC025: a probe calls no other host.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::standards::{self, Control, Level};

/// A probe calls no other host.
pub(crate) static RULE: Rule = Rule {
    code: "SEC025",
    area: Area::Security,
    severity: Severity::Warning,
    title: "a probe calls no other host",
    why: "The kubelet calls the host that the probe names, with the reach of the node: whoever may write pods scans what only nodes reach.",
    fix: "Leave `host` out; the probe goes to the pod.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    standards::report(cluster, findings, Level::Baseline, Control::ProbeHosts);
}
