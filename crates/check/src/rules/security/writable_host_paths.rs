//! SEC011: folders of the node are mounted read-only.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::mounts;
use crate::security::standards::{Level, is_enforced};

/// Folders of the node are mounted read-only.
pub(crate) static RULE: Rule = Rule {
    code: "SEC011",
    area: Area::Security,
    severity: Severity::Warning,
    title: "folders of the node are mounted read-only",
    why: "What a container writes on the node outlives it, and can be a program or a job that the node runs.",
    fix: "Set `readOnly: true` on the mount.",
    absorbs: &["kube-linter writable-host-mount"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for (template, volume) in mounts::host_volumes(cluster) {
        if is_enforced(cluster, &template, Level::Baseline) {
            continue;
        }
        for container in template.containers() {
            for (index, mount) in list(container.value, "/volumeMounts") {
                let is_it = text(mount, "/name") == Some(volume.name);
                if is_it && mount.get("readOnly") != Some(&Json::Bool(true)) {
                    let message = format!(
                        "container {} may write to {} of the node",
                        container.name(),
                        volume.path
                    );
                    let field = format!("volumeMounts[{index}]");
                    findings.add(
                        template.owner,
                        template.path_in(&container, &field),
                        message,
                    );
                }
            }
        }
    }
}
