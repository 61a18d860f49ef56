//! SEC019: every container has a seccomp profile.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::standards::{self, Control, Level};

/// Every container has a seccomp profile.
pub(crate) static RULE: Rule = Rule {
    code: "SEC019",
    area: Area::Security,
    severity: Severity::Warning,
    title: "every container has a seccomp profile",
    why: "Without a profile a container may make every system call, those that break out of containers included.",
    fix: "Set `seccompProfile: {type: RuntimeDefault}` on the pods.",
    absorbs: &[
        "kube-score container-seccomp-profile",
        "polaris linuxHardening",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    standards::report(cluster, findings, Level::Restricted, Control::Seccomp);
}
