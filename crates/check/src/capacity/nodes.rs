//! Pools of nodes: what each node has to give, who may use it, where it stands, and how many there may be.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::amounts::Amounts;
use super::constraints::{HOST, MACHINE, ZONE};
use crate::cluster::{Cluster, labels, list, text};
use crate::document::Document;
use crate::pointer::Lookup;

/// One pool of nodes that are alike but for their zone and, where they are made to measure, their size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodePool {
    /// Its name.
    pub name: String,
    /// The machines that its nodes may be, smallest first; most pools have one.
    pub machines: Vec<Machine>,
    /// The labels of every node. Zone, host name and machine type are added to them.
    pub labels: BTreeMap<String, String>,
    /// What keeps pods away.
    pub taints: Vec<Taint>,
    /// The zones that its nodes are spread over.
    pub zones: Vec<String>,
    /// The least number of nodes, over all zones.
    pub minimum: u64,
    /// The greatest number of nodes, over all zones; `None` where only `limits` bound it.
    pub maximum: Option<u64>,
    /// What all nodes together may have by the size of their machines; empty where nothing bounds it.
    pub limits: Amounts,
}

/// A machine that nodes may be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Machine {
    /// The provider's name of it.
    pub name: String,
    /// What it has.
    pub capacity: Amounts,
    /// What it leaves to pods: CPU, memory, `ephemeral-storage` where it is known, `pods`, devices.
    pub allocatable: Amounts,
}

/// What keeps pods away from a node that do not tolerate it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taint {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
    /// `NoSchedule`, `PreferNoSchedule` or `NoExecute`.
    pub effect: String,
}

/// No cluster has more nodes (Kubernetes' page on large clusters states 5,000).
pub(super) const MOST_NODES: u64 = 5_000;

impl NodePool {
    /// The greatest number of nodes that the bounds allow, of the smallest machine.
    pub fn most_nodes(&self) -> u64 {
        let by_limits = self.machines.first().and_then(|machine| {
            let bounds = self.limits.iter();
            bounds
                .filter_map(|(resource, limit)| limit.holds(machine.capacity.get(resource)))
                .min()
        });
        let most = match (self.maximum, by_limits) {
            (Some(maximum), Some(by_limits)) => maximum.min(by_limits),
            (Some(most), None) | (None, Some(most)) => most,
            (None, None) => MOST_NODES,
        };
        most.clamp(self.minimum.min(MOST_NODES), MOST_NODES)
    }
}

/// Labels by which providers and Karpenter name the pool of a node.
const POOL_NAMES: [&str; 5] = [
    "karpenter.sh/nodepool",
    "eks.amazonaws.com/nodegroup",
    "cloud.google.com/gke-nodepool",
    "kubernetes.azure.com/agentpool",
    "agentpool",
];

/// What makes nodes of sizes that the objects do not tell.
pub(super) const MAKERS: [(&str, &str); 4] = [
    ("karpenter.sh", "NodePool"),
    ("cluster.x-k8s.io", "MachinePool"),
    ("cluster.x-k8s.io", "MachineDeployment"),
    ("machine.openshift.io", "MachineSet"),
];

/// The nodes among the objects, those that are alike as one pool of a fixed size. None where more nodes may be made.
pub(super) fn of_documents(cluster: &Cluster<'_>) -> Vec<NodePool> {
    let grows = MAKERS
        .iter()
        .any(|(group, kind)| !cluster.of_kind(group, kind).is_empty());
    if grows {
        return Vec::new();
    }
    let mut pools: Vec<NodePool> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for node in cluster.of_kind("", "Node") {
        // Nobody knows what a node has to give before it runs.
        if node.value.lookup("/status/allocatable").is_none() {
            return Vec::new();
        }
        if node.value.lookup("/spec/unschedulable") == Some(&Json::Bool(true)) {
            continue;
        }
        let pool = of_node(node);
        let same = format!(
            "{:?} {:?} {:?} {:?}",
            pool.labels, pool.taints, pool.zones, pool.machines
        );
        let position = *known.entry(same).or_insert_with(|| {
            pools.push(pool);
            pools.len() - 1
        });
        if let Some(pool) = pools.get_mut(position) {
            pool.minimum += 1;
            pool.maximum = Some(pool.minimum);
        }
    }
    pools
}

/// A pool of no nodes yet that are like this one.
fn of_node(node: &Document) -> NodePool {
    let mut own = labels(node.value.lookup("/metadata/labels"));
    own.remove(HOST);
    let zone = own.remove(ZONE);
    let machine = own.get(MACHINE).cloned().unwrap_or_default();
    let name = POOL_NAMES.iter().find_map(|key| own.get(*key));
    let taints = list(&node.value, "/spec/taints").map(|(_, taint)| {
        let part = |pointer| text(taint, pointer).unwrap_or_default().to_owned();
        Taint {
            key: part("/key"),
            value: part("/value"),
            effect: part("/effect"),
        }
    });
    NodePool {
        name: name.unwrap_or(&node.id.name).clone(),
        machines: vec![Machine {
            name: machine,
            capacity: Amounts::of(node.value.lookup("/status/capacity")),
            allocatable: Amounts::of(node.value.lookup("/status/allocatable")),
        }],
        taints: taints.collect(),
        zones: zone.into_iter().collect(),
        labels: own,
        ..NodePool::default()
    }
}
