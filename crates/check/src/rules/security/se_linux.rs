//! SEC024: the `SELinux` type is one for containers.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::standards::{self, Control, Level};

/// The `SELinux` type is one for containers.
pub(crate) static RULE: Rule = Rule {
    code: "SEC024",
    area: Area::Security,
    severity: Severity::Warning,
    title: "the SELinux type is one for containers",
    why: "Another type, user or role lets the container out of the confinement of containers.",
    fix: "Leave `seLinuxOptions` out, or use `container_t`.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    standards::report(cluster, findings, Level::Baseline, Control::SeLinux);
}
