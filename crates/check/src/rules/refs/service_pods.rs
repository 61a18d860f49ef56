//! REFS001: a Service leads to pods.

use serde_json::{Map, Value as Json};

use crate::cluster::{Cluster, Pods, namespace_of, selector, text};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A Service leads to pods.
pub(crate) static RULE: Rule = Rule {
    code: "REFS001",
    area: Area::References,
    severity: Severity::Error,
    title: "a Service leads to pods",
    why: "A Service whose selector fits no pod has no endpoints: every connection to it is refused.",
    fix: "Make the selector a part of the labels in the pod template of the workload.",
    absorbs: &[
        "kube-linter dangling-service",
        "kube-score service-targets-pod",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for service in cluster.of_kind("", "Service") {
        let Some(selector) = pod_selector(&service.value) else {
            continue;
        };
        if selected(cluster, namespace_of(service), selector).is_empty() {
            let message = format!(
                "no pod of namespace {} has the labels {}",
                namespace_of(service),
                selector::shown(selector)
            );
            findings.add(service, "spec.selector", message);
        }
    }
}

/// The selector of a Service, unless its endpoints come from somewhere else.
pub(crate) fn pod_selector(service: &Json) -> Option<&Json> {
    let selector = service.lookup("/spec/selector")?;
    let has_labels = selector
        .as_object()
        .is_some_and(|labels: &Map<String, Json>| !labels.is_empty());
    (has_labels && text(service, "/spec/type") != Some("ExternalName")).then_some(selector)
}

/// The pods that a Service leads to; labels that a controller adds at run time count as fitting.
pub(crate) fn selected<'c, 'a>(
    cluster: &'c Cluster<'a>,
    namespace: &'c str,
    selector: &Json,
) -> Vec<&'c Pods<'a>> {
    let wanted = selector.as_object();
    cluster.selected(namespace, Some(selector), |pods| {
        wanted.into_iter().flatten().all(|(key, value)| {
            pods.labels.get(key).map(String::as_str) == value.as_str()
                || (!pods.labels.contains_key(key) && pods.adds_label(key))
        })
    })
}
