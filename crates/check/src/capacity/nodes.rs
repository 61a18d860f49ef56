//! Pools of nodes: what each node has to give, who may use it, where it stands, and how many there may be.

use std::collections::BTreeMap;

use super::amounts::Amounts;

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
