//! SEC009: no container has the socket of the container runtime.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::mounts;
use crate::security::standards::{Level, is_enforced};

/// No container has the socket of the container runtime.
pub(crate) static RULE: Rule = Rule {
    code: "SEC009",
    area: Area::Security,
    severity: Severity::Warning,
    title: "no container has the socket of the container runtime",
    why: "Whoever talks to the runtime starts a privileged container of their own: it is root on the node.",
    fix: "Do without it; images are built by rootless builders, and facts about containers come from the kubelet.",
    absorbs: &["kube-linter docker-sock"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for (template, volume) in mounts::host_volumes(cluster) {
        if volume.is_runtime_socket() && !is_enforced(cluster, &template, Level::Baseline) {
            let message = format!(
                "volume {} is the socket {} of the runtime",
                volume.name, volume.path
            );
            findings.add(template.owner, volume.place(&template), message);
        }
    }
}
