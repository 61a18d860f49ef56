//! WORK002: a probe goes to a port that its container declares.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A probe goes to a port that its container declares.
pub(crate) static RULE: Rule = Rule {
    code: "WORK002",
    area: Area::Workload,
    severity: Severity::Error,
    title: "a probe goes to a port that its container declares",
    why: "A probe by a port name that the container does not declare cannot run, and one to another number tests nothing: the pod never gets ready or is killed again and again.",
    fix: "Use the name or number of a port of the same container.",
    absorbs: &[
        "kube-linter liveness-port",
        "kube-linter readiness-port",
        "kube-linter startup-port",
    ],
    check: Some(check),
};

const PROBES: [&str; 3] = ["livenessProbe", "readinessProbe", "startupProbe"];
const HANDLERS: [&str; 3] = ["httpGet", "tcpSocket", "grpc"];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for pods in cluster.pods() {
        let Some((owner, _)) = pods.template() else {
            continue;
        };
        for container in pods.containers() {
            for (probe, handler) in PROBES
                .into_iter()
                .flat_map(|probe| HANDLERS.map(|handler| (probe, handler)))
            {
                let port = container
                    .value
                    .get(probe)
                    .and_then(|probe| probe.get(handler))
                    .and_then(|handler| handler.get("port"));
                let Some(port) = port.filter(|port| !declares(container.value, port)) else {
                    continue;
                };
                let path = format!("{}.{probe}.{handler}.port", container.path(pods));
                let declared: Vec<String> = container
                    .ports()
                    .map(|port| format!("{} {}", port.name, port.number))
                    .collect();
                let declared = if declared.is_empty() {
                    "no port".to_owned()
                } else {
                    declared.join(", ")
                };
                let message = format!(
                    "container {} does not declare port {port}; it declares {declared}",
                    container.name()
                );
                findings.add(owner, path, message);
            }
        }
    }
}

fn declares(container: &Json, port: &Json) -> bool {
    let field = if port.is_string() {
        "name"
    } else {
        "containerPort"
    };
    list(container, "/ports").any(|(_, declared)| declared.get(field) == Some(port))
}
