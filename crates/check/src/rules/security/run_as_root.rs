//! SEC016: no container runs as root.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::standards::{self, Control, Level};

/// No container runs as root.
pub(crate) static RULE: Rule = Rule {
    code: "SEC016",
    area: Area::Security,
    severity: Severity::Warning,
    title: "no container runs as root",
    why: "Root in a container is root on the node as soon as anything breaks out of it, and may change all that the container has.",
    fix: "Set `runAsNonRoot: true`, and `runAsUser` where the image does not name a user by number.",
    absorbs: &[
        "kube-linter run-as-non-root",
        "kube-score container-security-context-user-group-id",
        "polaris runAsRootAllowed",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    standards::report(cluster, findings, Level::Restricted, Control::RunAsNonRoot);
    standards::report(cluster, findings, Level::Restricted, Control::RunAsUser);
}
