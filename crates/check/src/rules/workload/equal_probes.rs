//! WORK014: a liveness probe is more patient than the readiness probe.

use serde_json::Value as Json;

use crate::cluster::{Cluster, templates};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A liveness probe is more patient than the readiness probe.
pub(crate) static RULE: Rule = Rule {
    code: "WORK014",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "a liveness probe is more patient than the readiness probe",
    why: "Two probes that ask the same and give up at the same time restart a pod at the moment at which it should only get no requests: under load all pods go down together.",
    fix: "Give the liveness probe another endpoint, or a higher `failureThreshold`.",
    absorbs: &["kube-score pod-probes-identical"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster).filter(|template| !template.ends()) {
        for container in template.main_containers() {
            let (Some(live), Some(ready)) = (
                container
                    .value
                    .get("livenessProbe")
                    .filter(|probe| probe.is_object()),
                container
                    .value
                    .get("readinessProbe")
                    .filter(|probe| probe.is_object()),
            ) else {
                continue;
            };
            let asks_the_same = HANDLERS
                .iter()
                .all(|handler| live.get(handler) == ready.get(handler));
            if asks_the_same && patience(live) <= patience(ready) {
                let message = format!(
                    "both probes of container {} ask the same, and the liveness probe gives up no later",
                    container.name()
                );
                findings.add(
                    template.owner,
                    template.path_in(&container, "livenessProbe"),
                    message,
                );
            }
        }
    }
}

const HANDLERS: [&str; 4] = ["exec", "grpc", "httpGet", "tcpSocket"];

/// How many seconds a probe may fail for; what is not said is the server's default.
fn patience(probe: &Json) -> u64 {
    let number = |field, default| probe.get(field).and_then(Json::as_u64).unwrap_or(default);
    number("periodSeconds", 10).saturating_mul(number("failureThreshold", 3))
}
