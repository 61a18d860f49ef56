//! How the cluster autoscaler learns of the groups of nodes.

use std::collections::BTreeMap;

use environment::{Environment, Taint};

/// Tags by which the cluster autoscaler finds the group of a pool, and learns which labels and taints its nodes would
/// have while there are none.
pub(super) fn tags(
    environment: &Environment,
    labels: &BTreeMap<String, String>,
    taints: &[Taint],
) -> BTreeMap<String, String> {
    let discovery = [
        ("enabled".to_owned(), "true".to_owned()),
        (environment.cluster.name.to_string(), "owned".to_owned()),
    ];
    let labels = labels
        .iter()
        .map(|(key, value)| (format!("node-template/label/{key}"), value.clone()));
    let taints = taints.iter().map(|taint| {
        (
            format!("node-template/taint/{}", taint.key),
            format!("{}:{}", taint.value, taint.effect),
        )
    });
    discovery
        .into_iter()
        .chain(labels)
        .chain(taints)
        .map(|(key, value)| (format!("k8s.io/cluster-autoscaler/{key}"), value))
        .collect()
}
