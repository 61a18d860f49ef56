//! MESH014: the Services of a pod lead to a port of it under one number.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::service_ports_agree::shared;

/// The Services of a pod lead to a port of it under one number.
pub(crate) static RULE: Rule = Rule {
    code: "MESH014",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "the Services of a pod lead to a port of it under one number",
    why: "The proxy of the pod knows one inbound name for a port: telemetry and policies count the others' requests to it.",
    fix: "Give the port the same number in each Service of the pod.",
    absorbs: &["istioctl IST0137"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for (pods, ports) in shared(cluster) {
        for port in &ports {
            // Each pair is told of once, at the Service that comes second.
            let other = ports.iter().find(|other| {
                other.target == port.target
                    && other.number != port.number
                    && other.service.id < port.service.id
            });
            if let Some(other) = other {
                let message = format!(
                    "target port {} of {} is port {} here and {} in Service {}",
                    port.target, pods.title, port.number, other.number, other.service.id.name
                );
                findings.add(port.service, port.path.clone(), message);
            }
        }
    }
}
