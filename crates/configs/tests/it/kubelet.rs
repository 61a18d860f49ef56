//! The kubelet's settings, read back.

use std::num::NonZeroU16;

use configs::kubelet::{
    ClusterDetails, CpuManagerPolicy, EvictionThresholds, KubeletSettings, MemoryManagerPolicy,
    NodeConfig, PodLimits, Reservation, Reservations, ReservedCpu,
};
use names::{Bytes, Cidr, Cpu};
use serde_yaml::Value;

use crate::snapshots;

fn settings(
    cpu: CpuManagerPolicy,
    memory: MemoryManagerPolicy,
    threshold: Bytes,
) -> KubeletSettings {
    let pods = PodLimits {
        maximum: NonZeroU16::new(110).unwrap(),
        per_core: 0,
    };
    let reservation = |millis, mebi| Reservation {
        cpu: ReservedCpu::millis(millis),
        memory: Bytes::mebi(mebi),
        ephemeral_storage: Bytes::gibi(1),
    };
    let eviction = EvictionThresholds {
        memory_available: threshold,
        ..EvictionThresholds::default()
    };
    KubeletSettings::new(
        pods,
        Reservations {
            kubernetes: reservation(80, 893),
            system: reservation(100, 100),
            eviction,
        },
        cpu,
        memory,
    )
}

fn static_managers() -> KubeletSettings {
    settings(
        CpuManagerPolicy::Static,
        MemoryManagerPolicy::Static,
        Bytes::mebi(100),
    )
}

fn mebi(value: &Value) -> u64 {
    value.as_str().unwrap().parse::<Bytes>().unwrap().as_mebi()
}

#[test]
fn a_kubelet_with_static_managers() {
    snapshots().bind(|| {
        insta::assert_snapshot!(
            "kubelet__configuration",
            static_managers().into_configuration().to_text()
        );
    });
}

#[test]
fn the_user_data_of_an_eks_node() {
    let node = NodeConfig::new(static_managers()).flag("--node-labels=workload=application");
    snapshots().bind(|| insta::assert_snapshot!("kubelet__user_data", node.to_user_data()));
}

#[test]
fn a_node_that_joins_by_itself_names_its_cluster() {
    let cluster = ClusterDetails {
        name: "prod".to_owned(),
        api_server_endpoint: "https://0123.gr7.us-east-1.eks.amazonaws.com"
            .parse()
            .unwrap(),
        certificate_authority: "Y2E=".to_owned(),
        cidr: Cidr::v4([10, 100, 0, 0], 16),
    };
    let document: Value = serde_yaml::from_str(
        &NodeConfig::new(static_managers())
            .joining(cluster)
            .to_text(),
    )
    .unwrap();
    assert_eq!(document["spec"]["cluster"]["cidr"], "10.100.0.0/16");
    assert_eq!(
        document["spec"]["cluster"]["apiServerEndpoint"],
        "https://0123.gr7.us-east-1.eks.amazonaws.com"
    );
    assert_eq!(document["spec"]["kubelet"]["config"]["maxPods"], 110);
}

#[test]
fn the_static_memory_manager_reserves_what_the_node_keeps_back() {
    for threshold in [Bytes::mebi(100), Bytes::mebi(500)] {
        let text = settings(
            CpuManagerPolicy::None,
            MemoryManagerPolicy::Static,
            threshold,
        )
        .into_configuration()
        .to_text();
        let kubelet: Value = serde_yaml::from_str(&text).unwrap();
        let reserved: u64 = kubelet["reservedMemory"]
            .as_sequence()
            .unwrap()
            .iter()
            .map(|node| mebi(&node["limits"]["memory"]))
            .sum();
        let kept =
            mebi(&kubelet["kubeReserved"]["memory"]) + mebi(&kubelet["systemReserved"]["memory"]);
        assert_eq!(
            reserved,
            kept + mebi(&kubelet["evictionHard"]["memory.available"])
        );
    }
}

#[test]
fn without_the_static_memory_manager_nothing_is_reserved_by_numa_node() {
    let text = settings(
        CpuManagerPolicy::Static,
        MemoryManagerPolicy::None,
        Bytes::mebi(100),
    )
    .into_configuration()
    .to_text();
    assert!(!text.contains("reservedMemory"), "{text}");
}

#[test]
fn policies_are_spelled_as_the_kubelet_reads_them() {
    let text = settings(
        CpuManagerPolicy::None,
        MemoryManagerPolicy::None,
        Bytes::mebi(100),
    )
    .into_configuration()
    .to_text();
    let kubelet: Value = serde_yaml::from_str(&text).unwrap();
    assert_eq!(
        (
            kubelet["cpuManagerPolicy"].as_str(),
            kubelet["memoryManagerPolicy"].as_str()
        ),
        (Some("none"), Some("None"))
    );
    assert_eq!(kubelet["podsPerCore"], 0);
    assert_eq!(
        kubelet["evictionHard"].as_mapping().unwrap().len(),
        5,
        "a threshold that is left out counts as zero"
    );
}

#[test]
fn no_cpu_is_no_reservation() {
    assert!(ReservedCpu::try_from(Cpu::ZERO).is_err());
    assert_eq!(ReservedCpu::at_least(Cpu::ZERO).get(), Cpu::millis(1));
    assert_eq!(
        ReservedCpu::at_least(Cpu::millis(250)),
        ReservedCpu::try_from(Cpu::millis(250)).unwrap()
    );
}
