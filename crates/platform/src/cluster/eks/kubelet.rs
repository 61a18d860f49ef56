//! The configuration of the kubelet, in the form in which nodeadm merges it with its own defaults.

use std::num::NonZeroU16;

use configs::kubelet::{
    CpuManagerPolicy, EvictionThresholds, KubeletSettings, MemoryManagerPolicy, PodLimits,
    Reservation, Reservations, ReservedCpu,
};
use environment::{self as settings, Kubelet, Located, Reserved};
use names::{Bytes, Cpu};
use serde_json::{Value, json};

/// What the kubelets of all pools are told.
///
/// Should the settings ever refuse to become JSON, the reason stands in a field that no kubelet knows, as with the
/// manifests themselves.
pub(super) fn configuration(kubelet: &Kubelet) -> Value {
    serde_json::to_value(kubelet_settings(kubelet))
        .unwrap_or_else(|error| json!({ "unserializable": error.to_string() }))
}

fn kubelet_settings(kubelet: &Kubelet) -> KubeletSettings {
    let pods = PodLimits {
        maximum: NonZeroU16::new(kubelet.max_pods.value).unwrap_or(NonZeroU16::MIN),
        per_core: kubelet.pods_per_core.value,
    };
    let reservations = Reservations {
        kubernetes: reservation(kubelet.kube_reserved.as_ref()),
        system: reservation(kubelet.system_reserved.as_ref()),
        eviction: eviction(kubelet),
    };
    let cpu = match kubelet.cpu_manager_policy.value {
        settings::CpuManagerPolicy::None => CpuManagerPolicy::None,
        settings::CpuManagerPolicy::Static => CpuManagerPolicy::Static,
    };
    let memory = match kubelet.memory_manager_policy.value {
        settings::MemoryManagerPolicy::None => MemoryManagerPolicy::None,
        settings::MemoryManagerPolicy::Static => MemoryManagerPolicy::Static,
    };
    KubeletSettings::new(pods, reservations, cpu, memory)
}

/// CPU and memory; what is kept of the disk is left to nodeadm.
fn reservation(reserved: Option<&Located<Reserved>>) -> Reservation {
    let (cpu, memory) = reserved.map_or((Cpu::ZERO, Bytes::ZERO), |reserved| {
        (reserved.cpu, reserved.memory)
    });
    Reservation {
        cpu: ReservedCpu::at_least(cpu),
        memory,
        ephemeral_storage: Bytes::ZERO,
    }
}

fn eviction(kubelet: &Kubelet) -> EvictionThresholds {
    let thresholds = EvictionThresholds::default();
    EvictionThresholds {
        memory_available: kubelet
            .eviction_hard
            .as_ref()
            .map_or(thresholds.memory_available, |threshold| threshold.value),
        ..thresholds
    }
}
