//! SEC003: no container is privileged.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::standards::{self, Control, Level};

/// No container is privileged.
pub(crate) static RULE: Rule = Rule {
    code: "SEC003",
    area: Area::Security,
    severity: Severity::Warning,
    title: "no container is privileged",
    why: "A privileged container has all devices and all rights of its node: whoever is in it is root on the node.",
    fix: "Take `privileged` away and add the one capability or device that is needed.",
    absorbs: &[
        "kube-linter privileged-container",
        "kube-score container-security-context-privileged",
        "polaris runAsPrivileged",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    standards::report(cluster, findings, Level::Baseline, Control::Privileged);
}
