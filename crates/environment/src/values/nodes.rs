//! The nodes: what the kubelet is told, the pools that nodes come from, and those that are made as pods need them.

mod provisioning;
mod taint;

use std::collections::BTreeMap;

use names::{Bytes, Cpu, LabelValue, ObjectName};

use crate::{Located, Range, choice, record};

pub use provisioning::{
    Consolidation, ConsolidationPolicy, DisruptionBudget, DisruptionReason, InvalidNodeCount,
    NodeCount, PoolLimits, ProvisionedPool,
};
pub use taint::{InvalidTaint, Taint, TaintEffect};

record! {
    /// The nodes of the cluster.
    pub struct Nodes {
        /// What every kubelet is told.
        pub kubelet: Kubelet,
        /// The pools that nodes come from.
        pub pools: BTreeMap<ObjectName, NodePool>,
        /// Pools without a size of their own, whose nodes are made as pods need them and go when they do not; AKS only.
        pub provisioned: BTreeMap<ObjectName, Located<ProvisionedPool>> = BTreeMap::new(),
    }
}

choice! {
    /// How the kubelet hands out CPUs.
    pub enum CpuManagerPolicy {
        /// All pods share all CPUs.
        None = "none",
        /// A guaranteed pod with whole CPUs gets them for itself; needs reserved CPU.
        Static = "static",
    }
}

choice! {
    /// How the kubelet hands out memory.
    pub enum MemoryManagerPolicy {
        /// Memory comes from anywhere.
        None = "none",
        /// A guaranteed pod gets its memory from its own NUMA node; needs reserved memory.
        Static = "static",
    }
}

record! {
    /// CPU and memory that pods cannot have.
    pub struct Reserved {
        /// CPU.
        pub cpu: Cpu,
        /// Memory.
        pub memory: Bytes,
    }
}

record! {
    /// What every kubelet is told. What is reserved is the user's to say on EKS only: GKE and AKS work it out of the
    /// size of the machine.
    pub struct Kubelet {
        /// Pods on a node at most.
        pub max_pods: Located<u16>,
        /// Pods for each CPU at most; 0 sets no such limit.
        pub pods_per_core: Located<u16>,
        /// How CPUs are handed out.
        pub cpu_manager_policy: Located<CpuManagerPolicy>,
        /// How memory is handed out.
        pub memory_manager_policy: Located<MemoryManagerPolicy>,
        /// Kept for the operating system.
        pub system_reserved: Option<Located<Reserved>>,
        /// Kept for the kubelet and the container runtime.
        pub kube_reserved: Option<Located<Reserved>>,
        /// Free memory below which pods are evicted.
        pub eviction_hard: Option<Located<Bytes>>,
    }
}

choice! {
    /// What a pool is for; each class has bounds for CPU, memory and disk.
    pub enum MachineClass {
        /// 4–8 CPU, 16–32 GiB, 100 GB.
        Application = "application",
        /// 8–16 CPU, 32–64 GiB, 500 GB to 1 TB.
        Database = "database",
        /// 2–4 CPU, 8–16 GiB, 100 GB.
        Utility = "utility",
        /// More CPU for its memory than the application class.
        Compute = "compute",
        /// More memory for its CPU than the application class.
        Memory = "memory",
    }
}

choice! {
    /// How the provider sells the machine.
    pub enum Capacity {
        /// Until it is given back.
        OnDemand = "on-demand",
        /// Cheaper, and taken back at short notice.
        Spot = "spot",
    }
}

record! {
    /// One pool of equal nodes.
    pub struct NodePool {
        /// What the pool is for.
        pub class: MachineClass,
        /// The provider's machine type.
        pub machine: Located<String>,
        /// The least and the greatest number of nodes, over all zones.
        pub size: Located<Range<u32>>,
        /// How many nodes the pool starts with; the least number where nothing is said.
        pub initial: Option<Located<u32>>,
        /// The zones of its nodes; all zones of the cluster where nothing is said.
        pub zones: Option<Located<Vec<Located<String>>>>,
        /// The disk of each node.
        pub disk: Located<Bytes>,
        /// How the machines are bought.
        pub capacity: Located<Capacity>,
        /// Labels beside the pool's own.
        pub labels: BTreeMap<names::LabelKey, LabelValue> = BTreeMap::new(),
        /// What keeps pods away that do not tolerate it.
        pub taints: Vec<Taint> = Vec::new(),
    }
}

impl NodePool {
    /// How many nodes the pool starts with.
    pub fn first_size(&self) -> u32 {
        self.initial
            .as_ref()
            .map_or(*self.size.lower(), |initial| initial.value)
    }
}
