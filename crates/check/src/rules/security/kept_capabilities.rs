//! SEC014: containers drop the capabilities that they have by default.

use crate::cluster::{Cluster, templates};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::capabilities;
use crate::security::standards::{Level, is_enforced};

/// Containers drop the capabilities that they have by default.
pub(crate) static RULE: Rule = Rule {
    code: "SEC014",
    area: Area::Security,
    severity: Severity::Warning,
    title: "containers drop the capabilities that they have by default",
    why: "Every capability that is not needed is one more way for whoever gets into the container.",
    fix: "Drop ALL, and add what is needed.",
    absorbs: &["polaris insecureCapabilities"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        if template.is_windows() || is_enforced(cluster, &template, Level::Restricted) {
            continue;
        }
        for container in template.containers() {
            let kept = capabilities::kept(&container);
            // Those that do not even drop NET_RAW are told that.
            if !kept.is_empty() && !kept.contains(&"NET_RAW") {
                let message = format!("container {} keeps {}", container.name(), kept.join(", "));
                let path = template.path_in(&container, "securityContext.capabilities.drop");
                findings.add(template.owner, path, message);
            }
        }
    }
}
