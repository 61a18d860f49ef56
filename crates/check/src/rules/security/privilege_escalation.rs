//! SEC015: no container may gain privileges.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::standards::{self, Control, Level};

/// No container may gain privileges.
pub(crate) static RULE: Rule = Rule {
    code: "SEC015",
    area: Area::Security,
    severity: Severity::Warning,
    title: "no container may gain privileges",
    why: "A program with the set-user-ID bit makes a process root that did not start as root, whatever the user of the container.",
    fix: "Set `allowPrivilegeEscalation: false`.",
    absorbs: &[
        "kube-linter privilege-escalation-container",
        "polaris privilegeEscalationAllowed",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    standards::report(
        cluster,
        findings,
        Level::Restricted,
        Control::PrivilegeEscalation,
    );
}
