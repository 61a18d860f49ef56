//! SEC021: the /proc of a container is masked.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::standards::{self, Control, Level};

/// The /proc of a container is masked.
pub(crate) static RULE: Rule = Rule {
    code: "SEC021",
    area: Area::Security,
    severity: Severity::Warning,
    title: "the /proc of a container is masked",
    why: "Unmasked, /proc shows and changes settings of the kernel of the node.",
    fix: "Leave `procMount` out.",
    absorbs: &["kube-linter unsafe-proc-mount", "polaris procMount"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    standards::report(cluster, findings, Level::Baseline, Control::ProcMount);
}
