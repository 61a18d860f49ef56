//! WORK029: a Service leads to the pods of one application.

use std::collections::BTreeSet;

use crate::cluster::{Cluster, namespace_of};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::refs::service_pods::{pod_selector, selected};

/// A Service leads to the pods of one application.
pub(crate) static RULE: Rule = Rule {
    code: "WORK029",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "a Service leads to the pods of one application",
    why: "Requests go to whichever pod comes next: those of another application answer with something else, or not at all.",
    fix: "Make the selector name one application.",
    absorbs: &[],
    check: Some(check),
};

/// The labels that name an application, the usual one first.
const NAMING: [&str; 3] = ["app.kubernetes.io/name", "app", "k8s-app"];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for service in cluster.of_kind("", "Service") {
        let Some(wanted) = pod_selector(&service.value) else {
            continue;
        };
        let pods = selected(cluster, namespace_of(service), wanted);
        for key in NAMING {
            let names: BTreeSet<&str> = pods
                .iter()
                .filter_map(|pods| pods.labels.get(key).map(String::as_str))
                .collect();
            if names.len() > 1 {
                let names: Vec<&str> = names.into_iter().collect();
                let message = format!("it leads to the pods of {}", names.join(" and "));
                findings.add(service, "spec.selector", message);
                break;
            }
        }
    }
}
