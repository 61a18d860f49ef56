//! The object that owns all others of a cluster.

use api::cluster_x_k8s_io::v1beta2::{
    Cluster, ClusterClusterNetwork, ClusterClusterNetworkPods, ClusterClusterNetworkServices,
    ClusterSpec,
};
use environment::{Environment, Provider};
use manifest::Manifest;
use names::{Cidr, annotation_key};

use super::{home, reference};

/// The cluster. On EKS pods have addresses of the VPC, so only Services get a range of their own; the provider hands it
/// to EKS and to the nodes, which find cluster DNS by it.
pub(super) fn owner(
    environment: &Environment,
    infrastructure: &Manifest,
    control_plane: &Manifest,
) -> Manifest {
    let (pods, services) = match &environment.cluster.provider {
        Provider::Eks(eks) => (None, eks.vpc.services.value),
        Provider::Gke(gke) => (Some(gke.network.pods.value), gke.network.services.value),
        Provider::Aks(aks) => (Some(aks.network.pods.value), aks.network.services.value),
    };
    let blocks = |range: Cidr| vec![range.to_string()];
    let cluster = Cluster {
        spec: ClusterSpec {
            cluster_network: Some(ClusterClusterNetwork {
                pods: pods.map(|range| ClusterClusterNetworkPods {
                    cidr_blocks: blocks(range),
                }),
                services: Some(ClusterClusterNetworkServices {
                    cidr_blocks: blocks(services),
                }),
                ..Default::default()
            }),
            infrastructure_ref: Some(reference(infrastructure)),
            control_plane_ref: Some(reference(control_plane)),
            ..Default::default()
        },
        ..Default::default()
    };
    let manifest = Manifest::namespaced(&home(environment), &environment.cluster.name, cluster);
    match &environment.twin {
        None => manifest,
        // Whoever looks for this cluster in vain learns here where the other one is.
        Some(twin) => manifest.annotate(
            annotation_key!("platform/twin"),
            format!("{} in {}", twin.cluster.value, twin.region.value),
        ),
    }
}
