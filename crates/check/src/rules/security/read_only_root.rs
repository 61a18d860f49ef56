//! SEC018: the root file system of a container is read-only.

use serde_json::Value as Json;

use crate::cluster::{Cluster, templates};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The root file system of a container is read-only.
pub(crate) static RULE: Rule = Rule {
    code: "SEC018",
    area: Area::Security,
    severity: Severity::Warning,
    title: "the root file system of a container is read-only",
    why: "In a writable one an intruder puts programs and changes those of the image; what it fills up counts against the disk of the node.",
    fix: "Set `readOnlyRootFilesystem: true` and mount an emptyDir where the program writes.",
    absorbs: &[
        "kube-linter no-read-only-root-fs",
        "kube-score container-security-context-readonlyrootfilesystem",
        "polaris notReadOnlyRootFilesystem",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        for container in template.containers() {
            let set = container
                .value
                .lookup("/securityContext/readOnlyRootFilesystem");
            if set != Some(&Json::Bool(true)) && !container.is_ephemeral() && !template.is_windows()
            {
                let message = format!(
                    "container {} may write to its root file system",
                    container.name()
                );
                let path = template.path_in(&container, "securityContext.readOnlyRootFilesystem");
                findings.add(template.owner, path, message);
            }
        }
    }
}
