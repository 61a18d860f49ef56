//! The object that owns all others of a cluster.

use api::cluster_x_k8s_io::v1beta2::{
    Cluster, ClusterClusterNetwork, ClusterClusterNetworkServices, ClusterSpec,
};
use environment::{Eks, Environment};
use manifest::Manifest;

use super::{home, reference};

/// The cluster. Pods have addresses of the VPC, so only Services get a range of their own; the provider hands it to EKS
/// and to the nodes, which find cluster DNS by it.
pub(super) fn owner(
    environment: &Environment,
    eks: &Eks,
    infrastructure: &Manifest,
    control_plane: &Manifest,
) -> Manifest {
    let cluster = Cluster {
        spec: ClusterSpec {
            cluster_network: Some(ClusterClusterNetwork {
                services: Some(ClusterClusterNetworkServices {
                    cidr_blocks: vec![eks.vpc.services.to_string()],
                }),
                ..Default::default()
            }),
            infrastructure_ref: Some(reference(infrastructure)),
            control_plane_ref: Some(reference(control_plane)),
            ..Default::default()
        },
        ..Default::default()
    };
    Manifest::namespaced(&home(environment), &environment.cluster.name, cluster)
}
