//! Cluster API objects of Google Kubernetes Engine (Cluster API Provider GCP, v1.12, with its feature `GKE`).

mod control_plane;
mod infrastructure;
mod machines;

use environment::{Environment, Gke};
use manifest::IgnoreDifference;

use super::Parts;
use super::machine_pool::{self, Scaling};

/// Everything of a cluster on GKE.
pub(super) fn parts(environment: &Environment, gke: &Gke) -> Parts {
    Parts {
        infrastructure: infrastructure::infrastructure(environment, gke),
        control_plane: control_plane::control_plane(environment, gke),
        pools: machine_pool::started_by_the_provider(
            environment,
            Scaling::ByAutoscaler,
            |name, settings| machines::machines(environment, gke, name, settings),
        ),
        ignored: noted_by_the_provider(),
    }
}

/// How many nodes there are, where the control plane answers, and which machines belong to a pool.
fn noted_by_the_provider() -> Vec<IgnoreDifference> {
    let of_kind = |kind| IgnoreDifference::of_kind("infrastructure.cluster.x-k8s.io", kind);
    vec![
        machine_pool::scaled_by_autoscaler(),
        of_kind("GCPManagedControlPlane").json_pointer("/spec/endpoint"),
        of_kind("GCPManagedCluster").json_pointer("/spec/controlPlaneEndpoint"),
        of_kind("GCPManagedMachinePool").json_pointer("/spec/providerIDList"),
    ]
}
