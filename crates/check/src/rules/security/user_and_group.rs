//! SEC017: user and group of a container are said.

use serde_json::Value as Json;

use crate::cluster::{Cluster, templates};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// User and group of a container are said.
pub(crate) static RULE: Rule = Rule {
    code: "SEC017",
    area: Area::Security,
    severity: Severity::Warning,
    title: "user and group of a container are said",
    why: "Left to the image, the user may be root today or after the next build, and files on volumes belong to whoever that is.",
    fix: "Set `runAsUser` and `runAsGroup` to numbers above 0 on the pods.",
    absorbs: &["kube-score container-security-context-user-group-id"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        if template.is_windows() {
            continue;
        }
        for container in template.containers() {
            let unsaid: Vec<&str> = ["runAsUser", "runAsGroup"]
                .into_iter()
                .filter(|field| {
                    let pointer = format!("/securityContext/{field}");
                    [container.value, template.spec]
                        .into_iter()
                        .all(|value| value.lookup(&pointer).is_none_or(Json::is_null))
                })
                .collect();
            if !unsaid.is_empty() {
                let message = format!(
                    "container {} has no {}",
                    container.name(),
                    unsaid.join(" and ")
                );
                let path = template.path_in(&container, "securityContext");
                findings.add(template.owner, path, message);
            }
        }
    }
}
