//! MESH013: the Services of a pod agree about the protocol of a port.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::service_ports_agree::shared;

/// The Services of a pod agree about the protocol of a port.
pub(crate) static RULE: Rule = Rule {
    code: "MESH013",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "the Services of a pod agree about the protocol of a port",
    why: "A proxy has one listener for a port: with two protocols it serves one of the Services wrongly.",
    fix: "Use another port number for one of them, or the same protocol.",
    absorbs: &["istioctl IST0116"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for (pods, ports) in shared(cluster) {
        for port in &ports {
            // Each pair is told of once, at the Service that comes second.
            let other = ports.iter().find(|other| {
                other.number == port.number
                    && other.protocol != port.protocol
                    && other.service.id < port.service.id
            });
            if let Some(other) = other {
                let message = format!(
                    "port {} is {} here and {} in Service {}; both lead to {}",
                    port.number, port.protocol, other.protocol, other.service.id.name, pods.title
                );
                findings.add(port.service, port.path.clone(), message);
            }
        }
    }
}
