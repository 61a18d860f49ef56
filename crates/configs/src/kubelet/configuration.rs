//! `KubeletConfiguration`, `kubelet.config.k8s.io/v1beta1`.

use std::num::NonZeroU16;

use names::Bytes;
use serde::Serialize;

use super::reservation::{EvictionThresholds, Reservation, Reservations};
use crate::serialize;

/// Whether containers of Guaranteed pods with whole cores get those cores for themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CpuManagerPolicy {
    /// All containers share all cores.
    #[default]
    None,
    /// They do. Changing it on a node needs the node drained and its `cpu_manager_state` deleted:
    /// replace the node instead.
    Static,
}

/// Whether the memory of Guaranteed pods is kept on as few NUMA nodes as hold it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum MemoryManagerPolicy {
    /// It is wherever the kernel puts it.
    #[default]
    None,
    /// It is.
    Static,
}

/// Memory that the static memory manager gives to no pod.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReservedMemory {
    numa_node: u16,
    limits: MemoryLimit,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct MemoryLimit {
    #[serde(serialize_with = "serialize::display")]
    memory: Bytes,
}

/// How many pods a node takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PodLimits {
    /// The most on the node.
    pub maximum: NonZeroU16,
    /// The most for each core; 0 is no limit.
    pub per_core: u16,
}

/// The settings of a kubelet. They can only be made together, so none contradicts another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KubeletSettings {
    max_pods: u16,
    pods_per_core: u16,
    cpu_manager_policy: CpuManagerPolicy,
    memory_manager_policy: MemoryManagerPolicy,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reserved_memory: Vec<ReservedMemory>,
    kube_reserved: Reservation,
    system_reserved: Reservation,
    eviction_hard: EvictionThresholds,
}

impl KubeletSettings {
    /// Settings with these policies.
    ///
    /// The static CPU manager needs reserved CPU, which every [`Reservation`] has. The static
    /// memory manager needs `reservedMemory` to add up to exactly what the node keeps back, which
    /// is computed here; it is taken from the first NUMA node, the only one of most machines.
    pub fn new(
        pods: PodLimits,
        reservations: Reservations,
        cpu: CpuManagerPolicy,
        memory: MemoryManagerPolicy,
    ) -> Self {
        let reserved = ReservedMemory {
            numa_node: 0,
            limits: MemoryLimit {
                memory: reservations.memory(),
            },
        };
        Self {
            max_pods: pods.maximum.get(),
            pods_per_core: pods.per_core,
            cpu_manager_policy: cpu,
            memory_manager_policy: memory,
            reserved_memory: if memory == MemoryManagerPolicy::Static {
                vec![reserved]
            } else {
                Vec::new()
            },
            kube_reserved: reservations.kubernetes,
            system_reserved: reservations.system,
            eviction_hard: reservations.eviction,
        }
    }

    /// The settings as a file for `kubelet --config`.
    pub fn into_configuration(self) -> KubeletConfiguration {
        KubeletConfiguration {
            api_version: "kubelet.config.k8s.io/v1beta1",
            kind: "KubeletConfiguration",
            settings: self,
        }
    }
}

/// A whole file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KubeletConfiguration {
    #[serde(rename = "apiVersion")]
    api_version: &'static str,
    kind: &'static str,
    #[serde(flatten)]
    settings: KubeletSettings,
}

impl KubeletConfiguration {
    /// The file's text.
    pub fn to_text(&self) -> String {
        yaml::text(self)
    }
}
