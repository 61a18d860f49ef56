//! MESH011: one Sidecar and one Telemetry select a pod.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::cluster::{Cluster, Pods, namespace_of, selector};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// One Sidecar and one Telemetry select a pod.
pub(crate) static RULE: Rule = Rule {
    code: "MESH011",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "one Sidecar and one Telemetry select a pod",
    why: "Which of several is in force for the pod is not defined.",
    fix: "Narrow the selectors until each pod is selected once, or merge the objects.",
    absorbs: &["istioctl IST0110", "istioctl IST0159"],
    check: Some(check),
};

/// Group, kind, and where the labels stand, as pointer and path.
pub(super) const KINDS: [(&str, &str, &str, &str); 2] = [
    (
        "networking.istio.io",
        "Sidecar",
        "/spec/workloadSelector/labels",
        "spec.workloadSelector.labels",
    ),
    (
        "telemetry.istio.io",
        "Telemetry",
        "/spec/selector/matchLabels",
        "spec.selector.matchLabels",
    ),
];

/// The labels by which an object selects pods; `None` where it is about the whole namespace.
pub(super) fn selected_by<'d>(document: &'d Document, pointer: &str) -> Option<&'d Json> {
    let labels = document.value.lookup(pointer)?;
    labels
        .as_object()
        .is_some_and(|labels| !labels.is_empty())
        .then_some(labels)
}

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for (group, kind, pointer, path) in KINDS {
        let mut by_namespace: BTreeMap<&str, Vec<(&Document, &Json)>> = BTreeMap::new();
        for document in cluster.of_kind(group, kind) {
            if let Some(labels) = selected_by(document, pointer) {
                by_namespace
                    .entry(namespace_of(document))
                    .or_default()
                    .push((document, labels));
            }
        }
        for (namespace, selecting) in by_namespace {
            for (document, others, pods) in conflicts(cluster, namespace, &selecting) {
                let message = format!("{pods} is also selected by {kind} {}", others.join(", "));
                findings.add(document, path, message);
            }
        }
    }
}

/// Each object that shares a pod with others: the others' names, and the first such pod.
fn conflicts<'d>(
    cluster: &Cluster<'_>,
    namespace: &str,
    selecting: &[(&'d Document, &Json)],
) -> Vec<(&'d Document, Vec<&'d str>, String)> {
    let mut found: BTreeMap<usize, (BTreeSet<&str>, String)> = BTreeMap::new();
    for pods in cluster.pods_in(namespace) {
        let of_pods = selecting_of(selecting, pods);
        if of_pods.len() < 2 {
            continue;
        }
        for position in &of_pods {
            let entry = found
                .entry(*position)
                .or_insert_with(|| (BTreeSet::new(), pods.title.clone()));
            let others = of_pods.iter().filter(|other| *other != position);
            entry.0.extend(others.filter_map(|other| {
                selecting
                    .get(*other)
                    .map(|(other, _)| other.id.name.as_str())
            }));
        }
    }
    let shown = |(position, (others, pods)): (usize, (BTreeSet<&'d str>, String))| {
        let (document, _) = selecting.get(position)?;
        Some((*document, others.into_iter().collect(), pods))
    };
    found.into_iter().filter_map(shown).collect()
}

fn selecting_of(selecting: &[(&Document, &Json)], pods: &Pods<'_>) -> Vec<usize> {
    let fits = |(_, (_, labels)): &(usize, &(&Document, &Json))| {
        selector::matches_map(labels, &pods.labels)
    };
    let positions = selecting.iter().enumerate().filter(fits);
    positions.map(|(position, _)| position).collect()
}
