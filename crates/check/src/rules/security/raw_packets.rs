//! SEC013: containers drop `NET_RAW`.

use crate::cluster::{Cluster, templates};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::capabilities;
use crate::security::standards::{Level, is_enforced};

/// Containers drop `NET_RAW`.
pub(crate) static RULE: Rule = Rule {
    code: "SEC013",
    area: Area::Security,
    severity: Severity::Warning,
    title: "containers drop NET_RAW",
    why: "With NET_RAW, which every container has by default, a container forges packets of others and listens to the names they look up.",
    fix: "Drop ALL capabilities.",
    absorbs: &[
        "kube-linter drop-net-raw-capability",
        "polaris insecureCapabilities",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        if template.is_windows() || is_enforced(cluster, &template, Level::Restricted) {
            continue;
        }
        for container in template.containers() {
            if !capabilities::drops(&container, "NET_RAW") {
                let message = format!("container {} keeps NET_RAW", container.name());
                let path = template.path_in(&container, "securityContext.capabilities.drop");
                findings.add(template.owner, path, message);
            }
        }
    }
}
