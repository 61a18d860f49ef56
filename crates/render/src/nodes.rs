//! What the environment says of the room for pods, in the words of the checks.

use check::capacity::{
    Amounts, CPU, Footprint, MEMORY, Machine, NodePool, PODS, PodSize, Quantity, Taint,
};
use environment::{ComputeResources, Environment};
use serde_json::json;

/// What the mesh adds to each pod that is a part of it; nothing where there is no mesh.
pub(crate) fn proxy(environment: &Environment) -> Option<PodSize> {
    environment.mesh.as_ref().map(|mesh| size(&mesh.proxy))
}

/// Requests and limits of CPU and memory.
fn size(resources: &ComputeResources) -> PodSize {
    let (cpu, memory) = (&resources.cpu, &resources.memory);
    PodSize {
        requests: amounts([
            (CPU, cpu.lower().to_string()),
            (MEMORY, memory.lower().to_string()),
        ]),
        limits: amounts([
            (CPU, cpu.upper().to_string()),
            (MEMORY, memory.upper().to_string()),
        ]),
    }
}

/// Amounts that the environment's types have written as Kubernetes reads them.
fn amounts<const N: usize>(amounts: [(&str, String); N]) -> Amounts {
    let read = amounts.into_iter();
    read.filter_map(|(name, amount)| Some((name, Quantity::parse(&amount)?)))
        .collect()
}

/// The pools that nodes come from.
pub(crate) fn pools(environment: &Environment) -> Vec<NodePool> {
    platform::node_pools(environment).iter().map(pool).collect()
}

fn pool(pool: &platform::NodePool) -> NodePool {
    let machines = pool.machines.iter().map(|machine| Machine {
        name: machine.name.clone(),
        capacity: amounts([
            (CPU, machine.cpu.to_string()),
            (MEMORY, machine.memory.to_string()),
        ]),
        allocatable: amounts([
            (CPU, machine.cpu_for_pods.to_string()),
            (MEMORY, machine.memory_for_pods.to_string()),
            (PODS, pool.pods.to_string()),
        ]),
    });
    let taints = pool.taints.iter().map(|taint| Taint {
        key: taint.key.to_string(),
        value: taint.value.to_string(),
        effect: taint.effect.to_string(),
    });
    NodePool {
        name: pool.name.clone(),
        machines: machines.collect(),
        labels: pool.labels.clone(),
        taints: taints.collect(),
        zones: pool.zones.clone(),
        minimum: pool.minimum.into(),
        maximum: pool.maximum.map(u64::from),
        limits: pool.limits.map_or_else(Amounts::default, |(cpu, memory)| {
            amounts([(CPU, cpu.to_string()), (MEMORY, memory.to_string())])
        }),
    }
}

/// What the pods of an object ask for that the tree does not make.
pub(crate) fn footprint(known: &platform::Footprint) -> Footprint {
    let amounts = |amounts: &[(String, String)]| {
        let read = amounts.iter();
        read.filter_map(|(name, amount)| Some((name.as_str(), Quantity::parse(amount)?)))
            .collect()
    };
    Footprint {
        replicas: known.replicas,
        pod: PodSize {
            requests: amounts(&known.requests),
            limits: amounts(&known.limits),
        },
        priority: 0,
        placement: if known.everywhere {
            json!({ "tolerations": [{ "operator": "Exists" }] })
        } else {
            json!({})
        },
    }
}
