//! REFS002: a Service's target port is one that its pods declare.

use serde_json::Value as Json;

use crate::cluster::{Cluster, Pods, list, namespace_of};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::refs::service_pods::{pod_selector, selected};
use crate::syntax;

/// A Service's target port is one that its pods declare.
pub(crate) static RULE: Rule = Rule {
    code: "REFS002",
    area: Area::References,
    severity: Severity::Error,
    title: "a Service's target port is one that its pods declare",
    why: "Traffic to a port on which no container listens is refused; a port name that no container declares leads nowhere.",
    fix: "Use the name or number of a port that a container of the selected pods declares.",
    absorbs: &[
        "kube-linter invalid-target-ports",
        "kube-score container-ports-check",
        "istioctl IST0137",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for service in cluster.of_kind("", "Service") {
        let Some(selector) = pod_selector(&service.value) else {
            continue;
        };
        let pods = selected(cluster, namespace_of(service), selector);
        for (index, port) in list(&service.value, "/spec/ports") {
            let Some(target) = port.get("targetPort").or_else(|| port.get("port")) else {
                continue;
            };
            if pods.is_empty() || pods.iter().any(|pods| pods.declares(target)) {
                continue;
            }
            let declared: Vec<String> = pods
                .iter()
                .map(|pods| format!("{} declares {}", pods.title, pods.shown_ports()))
                .collect();
            let message = format!(
                "no container declares port {target}: {}",
                declared.join("; ")
            );
            findings.add_with_help(
                service,
                format!("spec.ports[{index}].targetPort"),
                message,
                nearest(&pods, target),
            );
        }
    }
}

/// The declared port name that may have been meant.
fn nearest(pods: &[&Pods<'_>], target: &Json) -> Option<String> {
    let names = pods
        .iter()
        .flat_map(|pods| pods.ports.iter().flatten())
        .map(|port| port.name);
    syntax::nearest(target.as_str()?, names).map(|name| format!("did you mean `{name}`?"))
}
