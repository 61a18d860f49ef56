//! Cluster API objects of Azure Kubernetes Service (Cluster API Provider Azure, v1.26, with its feature `ASOAPI`), which
//! hold objects of Azure Service Operator.

mod control_plane;
mod infrastructure;
mod machines;
mod resource;

use environment::{Aks, Environment};
use manifest::IgnoreDifference;

use super::Parts;
use super::machine_pool::{self, Scaling};

pub(super) use infrastructure::node_subnet_identifier;

/// Everything of a cluster on AKS. Its pools have a fixed size: where nodes are made as pods need them, Azure takes no
/// pool with an autoscaler of its own.
pub(super) fn parts(environment: &Environment, aks: &Aks) -> Parts {
    Parts {
        infrastructure: infrastructure::infrastructure(environment, aks),
        control_plane: control_plane::control_plane(environment, aks),
        pools: machine_pool::started_by_the_provider(
            environment,
            Scaling::Fixed,
            |name, settings| machines::machines(environment, aks, name, settings),
        ),
        ignored: noted_by_the_provider(),
    }
}

/// Where the control plane answers, and which machines belong to a pool.
fn noted_by_the_provider() -> Vec<IgnoreDifference> {
    let of_kind = |kind| IgnoreDifference::of_kind("infrastructure.cluster.x-k8s.io", kind);
    vec![
        of_kind("AzureASOManagedCluster").json_pointer("/spec/controlPlaneEndpoint"),
        of_kind("AzureASOManagedMachinePool").json_pointer("/spec/providerIDList"),
    ]
}
