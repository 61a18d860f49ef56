//! SEC012: no container adds capabilities beyond the default.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::standards::{self, Control, Level};

/// No container adds capabilities beyond the default.
pub(crate) static RULE: Rule = Rule {
    code: "SEC012",
    area: Area::Security,
    severity: Severity::Warning,
    title: "no container adds capabilities beyond the default",
    why: "A capability like SYS_ADMIN or NET_ADMIN is most of what root is: with it a container gets out, or listens to others.",
    fix: "Add none, or have what needs it done by the node.",
    absorbs: &[
        "polaris dangerousCapabilities",
        "polaris insecureCapabilities",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    standards::report(cluster, findings, Level::Baseline, Control::Capabilities);
}
