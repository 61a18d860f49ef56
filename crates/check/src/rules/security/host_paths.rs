//! SEC008: no volume is a folder of the node.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::mounts;
use crate::security::standards::{Level, is_enforced};

/// No volume is a folder of the node.
pub(crate) static RULE: Rule = Rule {
    code: "SEC008",
    area: Area::Security,
    severity: Severity::Warning,
    title: "no volume is a folder of the node",
    why: "A folder of the node is shared with whatever else uses it, stays behind when the pod moves, and leads out of the container.",
    fix: "Use a claim, an emptyDir, or a CSI driver.",
    absorbs: &["polaris hostPathSet"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for (template, volume) in mounts::host_volumes(cluster) {
        // Sockets and folders of the system have rules of their own.
        if volume.is_runtime_socket()
            || volume.is_of_the_system()
            || is_enforced(cluster, &template, Level::Baseline)
        {
            continue;
        }
        let message = format!("volume {} is {} of the node", volume.name, volume.path);
        findings.add(template.owner, volume.place(&template), message);
    }
}
