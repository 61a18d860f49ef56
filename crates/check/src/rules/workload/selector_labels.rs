//! WORK001: the selector of a workload fits its own pods.

use crate::cluster::{Cluster, selector};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The selector of a workload fits its own pods.
pub(crate) static RULE: Rule = Rule {
    code: "WORK001",
    area: Area::Workload,
    severity: Severity::Error,
    title: "the selector of a workload fits its own pods",
    why: "A controller whose selector does not fit its own pods makes pods without end, or is marked invalid.",
    fix: "Put every label of the selector into the pod template.",
    absorbs: &[
        "kube-linter mismatching-selector",
        "kube-score deployment-pod-selector-labels-match-template-metadata-labels",
        "kube-score statefulset-pod-selector-labels-match-template-metadata-labels",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for pods in cluster.pods() {
        let Some((owner, _)) = pods.template() else {
            continue;
        };
        // The API server sees to the workloads of its own, and a Job's selector is the controller's to write.
        let Some(wanted) = owner
            .value
            .lookup("/spec/selector")
            .filter(|_| !matches!(owner.id.group(), "apps" | "batch"))
        else {
            continue;
        };
        let fits = match owner.id.kind.as_ref() {
            "ReplicationController" => selector::matches_map(wanted, &pods.labels),
            _ => selector::matches(wanted, &pods.labels),
        };
        if !fits || (selector::is_empty(wanted) && wanted.get("matchLabels").is_some()) {
            let labels: Vec<String> = pods
                .labels
                .iter()
                .map(|(key, value)| format!("{key}={value}"))
                .collect();
            let message = format!(
                "{} does not fit the pod labels {}",
                selector::shown(wanted),
                labels.join(",")
            );
            findings.add(owner, "spec.selector", message);
        }
    }
}
