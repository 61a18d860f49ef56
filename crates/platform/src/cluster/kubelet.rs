//! The configuration of the kubelet, in the form in which nodeadm merges it with its own defaults.

use environment::{CpuManagerPolicy, Kubelet, MemoryManagerPolicy, Reserved};
use names::Bytes;
use serde_json::{Value, json};

/// What the kubelets of all pools are told.
pub(super) fn configuration(kubelet: &Kubelet) -> Value {
    let cpu_manager = match kubelet.cpu_manager_policy.value {
        CpuManagerPolicy::None => "none",
        CpuManagerPolicy::Static => "static",
    };
    let mut configuration = json!({
        "maxPods": kubelet.max_pods,
        "podsPerCore": kubelet.pods_per_core,
        "cpuManagerPolicy": cpu_manager,
        "systemReserved": amounts(&kubelet.system_reserved),
        "kubeReserved": amounts(&kubelet.kube_reserved),
        // A threshold that is not named is none at all, so Kubernetes' defaults for disks are named.
        "evictionHard": {
            "memory.available": kubelet.eviction_hard.to_string(),
            "nodefs.available": "10%",
            "nodefs.inodesFree": "5%",
            "imagefs.available": "15%",
            "imagefs.inodesFree": "5%",
        },
    });
    match kubelet.memory_manager_policy.value {
        MemoryManagerPolicy::None => configuration["memoryManagerPolicy"] = json!("None"),
        MemoryManagerPolicy::Static => {
            configuration["memoryManagerPolicy"] = json!("Static");
            configuration["reservedMemory"] = json!([
                // Machines of up to sixteen CPUs have one NUMA node.
                { "numaNode": 0, "limits": { "memory": reserved_memory(kubelet).to_string() } },
            ]);
        }
    }
    configuration
}

/// The memory that no pod gets. The kubelet does not start unless the reservations of all NUMA nodes add up to exactly
/// this (Kubernetes, "Utilizing the NUMA-aware Memory Manager").
fn reserved_memory(kubelet: &Kubelet) -> Bytes {
    kubelet.kube_reserved.memory + kubelet.system_reserved.memory + kubelet.eviction_hard
}

fn amounts(reserved: &Reserved) -> Value {
    json!({ "cpu": reserved.cpu.to_string(), "memory": reserved.memory.to_string() })
}
