//! SEC044: no secret is a literal value.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, templates, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::secrets::{assigned_secret, is_literal, is_secret_name};

/// No secret is a literal value.
pub(crate) static RULE: Rule = Rule {
    code: "SEC044",
    area: Area::Security,
    severity: Severity::Warning,
    title: "no secret is a literal value",
    why: "The value is in the repository and in every copy of it, and everybody who may look at the pods or the ConfigMap sees it.",
    fix: "Take it from a Secret that is made outside of the tree: `valueFrom.secretKeyRef`, or a mounted file.",
    absorbs: &[
        "kube-linter env-var-secret",
        "polaris sensitiveConfigmapContent",
        "polaris sensitiveContainerEnvVar",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        for container in template.containers() {
            for (index, variable) in list(container.value, "/env") {
                let name = text(variable, "/name").unwrap_or_default();
                let Some(value) = text(variable, "/value") else {
                    continue;
                };
                if is_secret_name(name) && is_literal(value) {
                    let message = format!(
                        "the value of {name} stands in container {}",
                        container.name()
                    );
                    let path = template.path_in(&container, &format!("env[{index}].value"));
                    findings.add(template.owner, path, message);
                }
            }
        }
    }
    for map in cluster.of_kind("", "ConfigMap") {
        let entries = map.value.get("data").and_then(Json::as_object);
        for (key, value) in entries.into_iter().flatten() {
            let Some(value) = value.as_str() else {
                continue;
            };
            if is_secret_name(key) && is_literal(value) && !value.trim().contains('\n') {
                findings.add(
                    map,
                    format!("data.{key}"),
                    format!("the value of {key} stands in the ConfigMap"),
                );
            } else if let Some(name) = value.lines().find_map(assigned_secret) {
                findings.add(
                    map,
                    format!("data.{key}"),
                    format!("a value of {name} stands in the file {key}"),
                );
            }
        }
    }
}
