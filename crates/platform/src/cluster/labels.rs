//! The labels and taints of nodes.

use std::collections::BTreeMap;

use environment::{NodePool, Taint, TaintEffect};
use k8s_openapi::api::core::v1;
use names::{LabelKey, LabelValue, ObjectName, label_key};

use crate::tenancy::NODE_POOL;

/// The label of every node that names its pool.
pub(crate) const POOL: LabelKey = label_key!("platform/node-pool");

/// What every node of a pool carries: the pool, its class, how its machines are bought, and what the environment adds.
pub(super) fn labels(name: &ObjectName, pool: &NodePool) -> BTreeMap<String, String> {
    let own = [
        (POOL, name.to_string()),
        (label_key!("platform/machine-class"), pool.class.to_string()),
        (
            label_key!("platform/capacity"),
            pool.capacity.value.to_string(),
        ),
    ];
    texts(own.into_iter().chain(added(&pool.labels)))
}

/// What every node of a pool carries whose nodes are made as pods need them: `node-pool`, and what the environment adds.
pub(super) fn labels_of_provisioned(
    name: &ObjectName,
    labels: &BTreeMap<LabelKey, LabelValue>,
) -> BTreeMap<String, String> {
    let own = [(POOL, name.to_string()), (NODE_POOL, name.to_string())];
    texts(own.into_iter().chain(added(labels)))
}

fn added(labels: &BTreeMap<LabelKey, LabelValue>) -> impl Iterator<Item = (LabelKey, String)> + '_ {
    labels
        .iter()
        .map(|(key, value)| (key.clone(), value.to_string()))
}

fn texts(labels: impl Iterator<Item = (LabelKey, String)>) -> BTreeMap<String, String> {
    labels.map(|(key, value)| (key.into(), value)).collect()
}

/// Taints as Kubernetes writes them; none stays unsaid.
pub(super) fn taints(taints: &[Taint]) -> Option<Vec<v1::Taint>> {
    let taints: Vec<v1::Taint> = taints
        .iter()
        .map(|taint| v1::Taint {
            key: taint.key.to_string(),
            value: Some(taint.value.to_string()),
            effect: effect(taint.effect).to_owned(),
            ..Default::default()
        })
        .collect();
    (!taints.is_empty()).then_some(taints)
}

fn effect(effect: TaintEffect) -> &'static str {
    match effect {
        TaintEffect::NoSchedule => "NoSchedule",
        TaintEffect::PreferNoSchedule => "PreferNoSchedule",
        TaintEffect::NoExecute => "NoExecute",
    }
}
