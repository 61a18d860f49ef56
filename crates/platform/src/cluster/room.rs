//! What the nodes of each pool leave to pods.

use std::collections::BTreeMap;

use environment::{
    Capacity, Environment, Kubelet, Located, Machine, Provider, ProvisionedPool, Reserved, Taint,
    machines_of,
};
use names::{Bytes, Cpu, ObjectName};

use super::labels;

/// A pool of nodes, as far as pods ask about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodePool {
    /// Its name.
    pub name: String,
    /// The machines that its nodes may be, smallest first.
    pub machines: Vec<PoolMachine>,
    /// The labels of every node, but for its zone, its name and its machine type.
    pub labels: BTreeMap<String, String>,
    /// What keeps pods away.
    pub taints: Vec<Taint>,
    /// The zones of its nodes, as their label names them.
    pub zones: Vec<String>,
    /// The least number of nodes.
    pub minimum: u32,
    /// The greatest number of nodes, where it is said.
    pub maximum: Option<u32>,
    /// What all nodes together may have by the size of their machines.
    pub limits: Option<(Cpu, Bytes)>,
    /// Pods on a node at most.
    pub pods: u16,
}

/// A machine, and what it leaves to pods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolMachine {
    /// The provider's name of it.
    pub name: String,
    /// Its CPUs.
    pub cpu: Cpu,
    /// Its memory.
    pub memory: Bytes,
    /// The CPU that pods may have.
    pub cpu_for_pods: Cpu,
    /// The memory that pods may have.
    pub memory_for_pods: Bytes,
}

/// The pools of the environment. A pool of a machine that nobody knows has none, and takes no pods.
pub fn node_pools(environment: &Environment) -> Vec<NodePool> {
    let known = machines_of(&environment.cluster.provider);
    let zones = zones(&environment.cluster.provider);
    let sized = environment.nodes.pools.iter().map(|(name, pool)| {
        let machines = known
            .iter()
            .filter(|machine| machine.name == pool.machine.value);
        NodePool {
            name: name.to_string(),
            machines: machines.map(|machine| room(environment, machine)).collect(),
            labels: labels::labels(name, pool),
            taints: pool.taints.clone(),
            zones: match &pool.zones {
                Some(zones) => zones.iter().map(|zone| zone.value.clone()).collect(),
                None => zones.clone(),
            },
            minimum: *pool.size.lower(),
            maximum: Some(if grows(environment) {
                *pool.size.upper()
            } else {
                pool.first_size()
            }),
            limits: None,
            pods: environment.nodes.kubelet.max_pods.value,
        }
    });
    let provisioned = environment.nodes.provisioned.iter();
    sized
        .chain(provisioned.map(|(name, pool)| made_to_measure(environment, name, pool, &zones)))
        .collect()
}

/// Whether somebody adds nodes to a pool that has a size: on EKS that is a chart of this tree.
fn grows(environment: &Environment) -> bool {
    match environment.cluster.provider {
        Provider::Eks(_) => environment.addons.cluster_autoscaler.is_some(),
        Provider::Gke(_) | Provider::Aks(_) => true,
    }
}

/// A pool whose nodes are made as pods need them.
fn made_to_measure(
    environment: &Environment,
    name: &ObjectName,
    pool: &ProvisionedPool,
    zones: &[String],
) -> NodePool {
    let mut fitting: Vec<&Machine> = machines_of(&environment.cluster.provider)
        .iter()
        .filter(|machine| fits(pool, machine))
        .collect();
    fitting.sort_by_key(|machine| (machine.cpu, machine.memory, machine.name));
    let capacity = pool.capacity.iter().map(|capacity| match capacity {
        Capacity::OnDemand => "on-demand",
        Capacity::Spot => "spot",
    });
    let mut labels = labels::labels_of_provisioned(name, &pool.labels);
    labels.insert("karpenter.sh/nodepool".to_owned(), name.to_string());
    if let [only] = capacity.collect::<Vec<_>>().as_slice() {
        labels.insert("karpenter.sh/capacity-type".to_owned(), (*only).to_owned());
    }
    NodePool {
        name: name.to_string(),
        machines: fitting
            .into_iter()
            .map(|machine| room(environment, machine))
            .collect(),
        labels,
        taints: pool.taints.clone(),
        zones: zones.to_vec(),
        minimum: 0,
        maximum: None,
        limits: Some((pool.limits.cpu.value, pool.limits.memory.value)),
        pods: environment.nodes.kubelet.max_pods.value,
    }
}

/// Whether a pool may make nodes of a machine. The family is the first letter behind the provider's own word.
fn fits(pool: &ProvisionedPool, machine: &Machine) -> bool {
    let size = machine
        .name
        .strip_prefix("Standard_")
        .unwrap_or(machine.name);
    let mut parts = size.split(|first: char| first.is_ascii_digit());
    let family = parts.next().unwrap_or_default();
    let memory = Bytes::new(machine.memory << 30);
    pool.families.iter().any(|known| known == family)
        && (u64::from(*pool.cpu.lower())..=u64::from(*pool.cpu.upper())).contains(&machine.cpu)
        && (*pool.memory.lower()..=*pool.memory.upper()).contains(&memory)
}

/// The zones of the cluster, as the label of nodes names them. Azure numbers those of each region.
fn zones(provider: &Provider) -> Vec<String> {
    match provider {
        Provider::Eks(eks) => eks.zones.iter().map(|zone| zone.value.clone()).collect(),
        Provider::Gke(gke) => gke.zones.iter().map(|zone| zone.value.clone()).collect(),
        Provider::Aks(aks) => {
            let zones = aks.zones.iter();
            zones
                .map(|zone| format!("{}-{}", aks.location.value, zone.value))
                .collect()
        }
    }
}

/// What a machine leaves to pods.
fn room(environment: &Environment, machine: &Machine) -> PoolMachine {
    let kubelet = &environment.nodes.kubelet;
    let (cpu, memory) = (machine.cpu * 1000, machine.memory * 1024);
    let (cpu_for_pods, memory_for_pods) = match environment.cluster.provider {
        Provider::Eks(_) => on_eks(kubelet, cpu, memory),
        Provider::Gke(_) => (cpu - google_cpu(machine.cpu), on_gke(memory)),
        Provider::Aks(_) => (
            cpu - azure_cpu(machine.cpu),
            on_aks(kubelet.max_pods.value, memory),
        ),
    };
    let mebibytes = |amount: u64| Bytes::mebi(u32::try_from(amount).unwrap_or(u32::MAX));
    PoolMachine {
        name: machine.name.to_owned(),
        cpu: Cpu::millis(cpu),
        memory: mebibytes(memory),
        cpu_for_pods: Cpu::millis(cpu_for_pods),
        memory_for_pods: mebibytes(memory_for_pods),
    }
}

/// What is reserved is said to every kubelet. Of its memory, a machine keeps up to 7.5 % for what runs below the operating
/// system (the share that Karpenter plans with on AWS).
fn on_eks(kubelet: &Kubelet, cpu: u64, memory: u64) -> (u64, u64) {
    let of = |reserved: &Option<Located<Reserved>>| {
        reserved.as_ref().map_or((0, 0), |reserved| {
            (reserved.cpu.as_millis(), reserved.memory.as_mebi())
        })
    };
    let (kube, system) = (of(&kubelet.kube_reserved), of(&kubelet.system_reserved));
    let eviction = kubelet
        .eviction_hard
        .as_ref()
        .map_or(0, |threshold| threshold.value.as_mebi());
    (
        cpu.saturating_sub(kube.0 + system.0),
        (memory * 925 / 1000).saturating_sub(kube.1 + system.1 + eviction),
    )
}

/// 6 % of the first CPU, 1 % of the second, 0.5 % of the next two, 0.25 % of the others, in thousandths (GKE's page on the
/// sizes of nodes).
fn google_cpu(cpus: u64) -> u64 {
    let shares = [600, 100, 50, 50].into_iter().chain(std::iter::repeat(25));
    let sum: u64 = shares.take(usize::try_from(cpus).unwrap_or(0)).sum();
    sum / 10
}

/// In MiB: first what the operating system does not show (the sum that the cluster autoscaler computes for Google's
/// image), then shares of what there is (GKE's page on the sizes of nodes), and what is kept free.
fn on_gke(memory: u64) -> u64 {
    let hidden = memory / 64
        + 16
        + if memory > 3 * 1024 { 64 } else { 0 }
        + if memory <= 8 * 1024 { 8 } else { 0 }
        + (memory * 175).div_ceil(100_000).min(248);
    let mut rest = memory;
    let mut reserved = 100;
    for (part, percent) in [(4, 25), (4, 20), (8, 10), (112, 6), (u64::MAX >> 20, 2)] {
        let step = rest.min(part * 1024);
        reserved += (step * percent).div_ceil(100);
        rest -= step;
    }
    memory.saturating_sub(hidden + reserved)
}

/// 100, 140, 180, 260 thousandths of 2, 4, 8, 16 CPUs, and so on (the page of AKS on what nodes reserve).
fn azure_cpu(cpus: u64) -> u64 {
    match cpus {
        0 | 1 => 60,
        2 => 100,
        3..=4 => 140,
        5..=8 => 180,
        9..=16 => 260,
        17..=32 => 420,
        _ => 740,
    }
}

/// In MiB: 20 for each pod and 50, a quarter of the memory at most, and what is kept free (the page of AKS on what nodes
/// reserve).
fn on_aks(pods: u16, memory: u64) -> u64 {
    let reserved = (u64::from(pods) * 20 + 50).min(memory / 4);
    memory.saturating_sub(reserved + 100)
}

#[cfg(test)]
mod tests {
    use super::{azure_cpu, google_cpu, on_aks, on_gke};

    #[test]
    fn nodes_leave_what_the_providers_state() {
        let gibibytes = |count: u64| count * 1024;
        assert_eq!((4000 - google_cpu(4), 8000 - google_cpu(8)), (3920, 7910));
        // The page rounds its shares of each step.
        for (memory, left) in [(16, 13_257), (32, 28_373), (64, 58_606)] {
            assert!(
                on_gke(gibibytes(memory)).abs_diff(left) <= 3,
                "{memory} GiB"
            );
        }
        assert_eq!(
            (4000 - azure_cpu(4), 16_000 - azure_cpu(16)),
            (3860, 15_740)
        );
        assert_eq!(on_aks(110, gibibytes(16)), 14_034);
        assert_eq!(on_aks(250, gibibytes(16)), 12_188);
    }
}
