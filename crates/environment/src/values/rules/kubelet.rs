//! The kubelet: static managers have something to reserve, and nothing is said that the provider does not let one say.

use names::{Bytes, Cpu};

use crate::values::{
    CpuManagerPolicy, Environment, Kubelet, MemoryManagerPolicy, Provider, Reserved,
};
use crate::{Diagnostics, Located, Origin};

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    let kubelet = &environment.nodes.kubelet;
    match &environment.cluster.provider {
        Provider::Eks(_) => {
            complete(kubelet, diagnostics);
            reserved(kubelet, diagnostics);
        }
        Provider::Gke(_) => {
            not_settable(kubelet, "GKE", diagnostics);
            no_managers(kubelet, diagnostics);
        }
        Provider::Aks(_) => {
            not_settable(kubelet, "AKS", diagnostics);
            no_memory_manager(kubelet, "AKS has", diagnostics);
        }
    }
}

/// On EKS nothing else says what is reserved.
fn complete(kubelet: &Kubelet, diagnostics: &mut Diagnostics) {
    let missing = [
        ("systemReserved", kubelet.system_reserved.is_none()),
        ("kubeReserved", kubelet.kube_reserved.is_none()),
        ("evictionHard", kubelet.eviction_hard.is_none()),
    ];
    for (key, _) in missing.iter().filter(|(_, missing)| *missing) {
        diagnostics
            .error(
                &kubelet.max_pods.origin,
                format!("the kubelet's `{key}` is not said"),
            )
            .help("on EKS it belongs to `nodes.kubelet`");
    }
}

fn reserved(kubelet: &Kubelet, diagnostics: &mut Diagnostics) {
    let reservations: Vec<&Located<Reserved>> = [&kubelet.kube_reserved, &kubelet.system_reserved]
        .into_iter()
        .flatten()
        .collect();
    let [kube, system] = reservations.as_slice() else {
        return;
    };
    if kubelet.cpu_manager_policy.value == CpuManagerPolicy::Static
        && kube.cpu + system.cpu == Cpu::ZERO
    {
        diagnostics
            .error(
                &kubelet.cpu_manager_policy.origin,
                "the static CPU manager needs reserved CPU, or the kubelet does not start",
            )
            .label(&kube.origin, "nothing is reserved here")
            .label(&system.origin, "nor here");
    }
    if kubelet.memory_manager_policy.value == MemoryManagerPolicy::Static
        && kube.memory + system.memory == Bytes::ZERO
    {
        diagnostics
            .error(
                &kubelet.memory_manager_policy.origin,
                "the static memory manager needs reserved memory, or the kubelet does not start",
            )
            .label(&kube.origin, "nothing is reserved here");
    }
}

/// GKE and AKS reserve by the size of the machine, and neither knows pods by the core.
fn not_settable(kubelet: &Kubelet, provider: &str, diagnostics: &mut Diagnostics) {
    let said: Vec<(&str, &Origin)> = [
        kubelet
            .system_reserved
            .as_ref()
            .map(|reserved| ("systemReserved", &reserved.origin)),
        kubelet
            .kube_reserved
            .as_ref()
            .map(|reserved| ("kubeReserved", &reserved.origin)),
        kubelet
            .eviction_hard
            .as_ref()
            .map(|threshold| ("evictionHard", &threshold.origin)),
        (kubelet.pods_per_core.value != 0)
            .then_some(("podsPerCore", &kubelet.pods_per_core.origin)),
    ]
    .into_iter()
    .flatten()
    .collect();
    for (key, origin) in said {
        diagnostics
            .error(
                origin,
                format!("{provider} does not let anybody set the kubelet's `{key}`"),
            )
            .help("leave it out; `podsPerCore` is then 0, and the rest follows from the machine");
    }
}

/// Cluster API for Google has no field for the kubelet's configuration.
fn no_managers(kubelet: &Kubelet, diagnostics: &mut Diagnostics) {
    if kubelet.cpu_manager_policy.value == CpuManagerPolicy::Static {
        diagnostics
            .error(
                &kubelet.cpu_manager_policy.origin,
                "a pool of GKE that Cluster API makes has no static CPU manager",
            )
            .help("set `cpuManagerPolicy: none`");
    }
    no_memory_manager(
        kubelet,
        "a pool of GKE that Cluster API makes has",
        diagnostics,
    );
}

fn no_memory_manager(kubelet: &Kubelet, subject: &str, diagnostics: &mut Diagnostics) {
    if kubelet.memory_manager_policy.value == MemoryManagerPolicy::Static {
        diagnostics
            .error(
                &kubelet.memory_manager_policy.origin,
                format!("{subject} no static memory manager"),
            )
            .help("set `memoryManagerPolicy: none`");
    }
}
