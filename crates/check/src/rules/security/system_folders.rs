//! SEC010: no container sees the system folders of its node.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::mounts;
use crate::security::standards::{Level, is_enforced};

/// No container sees the system folders of its node.
pub(crate) static RULE: Rule = Rule {
    code: "SEC010",
    area: Area::Security,
    severity: Severity::Warning,
    title: "no container sees the system folders of its node",
    why: "These folders hold the keys and the settings of the node and of all its pods.",
    fix: "Mount the one file that is needed, read-only, or have the node tell it another way.",
    absorbs: &["kube-linter sensitive-host-mounts"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for (template, volume) in mounts::host_volumes(cluster) {
        if volume.is_of_the_system() && !is_enforced(cluster, &template, Level::Baseline) {
            let message = format!("volume {} is {} of the node", volume.name, volume.path);
            findings.add(template.owner, volume.place(&template), message);
        }
    }
}
