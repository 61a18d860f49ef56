//! The labels of nodes, and how the cluster autoscaler learns of them.

use std::collections::BTreeMap;

use environment::{Environment, NodePool};
use names::{ObjectName, label_key};

/// What every node of a pool carries: the pool, its class, how its machines are bought, and what the environment adds.
pub(super) fn labels(name: &ObjectName, pool: &NodePool) -> BTreeMap<String, String> {
    let own = [
        (label_key!("platform/node-pool"), name.to_string()),
        (label_key!("platform/machine-class"), pool.class.to_string()),
        (label_key!("platform/capacity"), pool.capacity.to_string()),
    ];
    let added = pool
        .labels
        .iter()
        .map(|(key, value)| (key.clone(), value.to_string()));
    own.into_iter()
        .chain(added)
        .map(|(key, value)| (key.into(), value))
        .collect()
}

/// Tags by which the cluster autoscaler finds the group of a pool, and learns which labels its nodes would have while
/// there are none.
pub(super) fn autoscaler_tags(
    environment: &Environment,
    labels: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let discovery = [
        (
            "k8s.io/cluster-autoscaler/enabled".to_owned(),
            "true".to_owned(),
        ),
        (
            format!("k8s.io/cluster-autoscaler/{}", environment.cluster.name),
            "owned".to_owned(),
        ),
    ];
    let template = labels.iter().map(|(key, value)| {
        (
            format!("k8s.io/cluster-autoscaler/node-template/label/{key}"),
            value.clone(),
        )
    });
    discovery.into_iter().chain(template).collect()
}
