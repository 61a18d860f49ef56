//! SEC045: secrets that nothing renews are read from files.

use crate::cluster::{Cluster, list, templates, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Secrets that nothing renews are read from files.
pub(crate) static RULE: Rule = Rule {
    code: "SEC045",
    area: Area::Security,
    severity: Severity::Warning,
    title: "secrets that nothing renews are read from files",
    why: "A variable goes to every child process and into every crash report, and stays what it was when the pod started. A Secret that nothing renews stays valid after such a leak.",
    fix: "Mount the Secret as a file, or have it renewed: an ExternalSecret, or a Certificate.",
    absorbs: &["kube-linter read-secret-from-env-var"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        let namespace = template.pods.namespace;
        for container in template.containers() {
            let single = list(container.value, "/env").filter_map(|(index, variable)| {
                let name = text(variable, "/valueFrom/secretKeyRef/name")?;
                Some((format!("env[{index}].valueFrom.secretKeyRef"), name))
            });
            let whole = list(container.value, "/envFrom").filter_map(|(index, source)| {
                Some((
                    format!("envFrom[{index}].secretRef"),
                    text(source, "/secretRef/name")?,
                ))
            });
            for (field, name) in single.chain(whole) {
                if !cluster.data.is_renewed(namespace, name) {
                    let message = format!(
                        "container {} has Secret {name} in its variables",
                        container.name()
                    );
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
