//! The kubelet's configuration, and how an EKS node gets it.

mod configuration;
mod node_config;
mod reservation;

pub use configuration::{
    CpuManagerPolicy, KubeletConfiguration, KubeletSettings, MemoryManagerPolicy, PodLimits,
    ReservedMemory,
};
pub use node_config::{ClusterDetails, NodeConfig};
pub use reservation::{EvictionThresholds, Reservation, Reservations, ReservedCpu};
