//! SEC026: no container listens below port 1024.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, templates, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// No container listens below port 1024.
pub(crate) static RULE: Rule = Rule {
    code: "SEC026",
    area: Area::Security,
    severity: Severity::Warning,
    title: "no container listens below port 1024",
    why: "A port below 1024 takes root or a capability; a container that has neither does not start.",
    fix: "Listen on a high port; the Service may show a low one.",
    absorbs: &["kube-linter privileged-ports"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        // Somebody has seen to the right to listen there, or Windows asks for none.
        if template.is_windows() || has_low_ports(template.spec) {
            continue;
        }
        for container in template.containers() {
            for port in container
                .ports()
                .filter(|port| (1..1024).contains(&port.number))
            {
                let message = format!(
                    "container {} listens on port {}",
                    container.name(),
                    port.number
                );
                findings.add(
                    template.owner,
                    template.path_in(&container, "ports"),
                    message,
                );
            }
        }
    }
}

/// Whether the pods let everybody listen on low ports.
fn has_low_ports(spec: &Json) -> bool {
    list(spec, "/securityContext/sysctls")
        .any(|(_, sysctl)| text(sysctl, "/name") == Some("net.ipv4.ip_unprivileged_port_start"))
}
