//! SEC023: the `AppArmor` profile is not switched off.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::standards::{self, Control, Level};

/// The `AppArmor` profile is not switched off.
pub(crate) static RULE: Rule = Rule {
    code: "SEC023",
    area: Area::Security,
    severity: Severity::Warning,
    title: "the AppArmor profile is not switched off",
    why: "Without a profile a container may use what the default one forbids: mounts, the files of the kernel, the memory of others.",
    fix: "Use `RuntimeDefault` or a profile of the node.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    standards::report(cluster, findings, Level::Baseline, Control::AppArmor);
}
