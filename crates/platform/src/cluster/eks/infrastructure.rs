//! What ties a cluster to AWS.

use api::infrastructure_cluster_x_k8s_io::v1beta2::{AWSManagedCluster, AWSManagedClusterSpec};
use environment::Environment;
use manifest::Manifest;

use crate::cluster::home;

/// The object that Cluster API asks for beside the control plane. It is empty: on EKS the control plane holds the
/// network, too.
pub(super) fn infrastructure(environment: &Environment) -> Manifest {
    let cluster = AWSManagedCluster {
        spec: Some(AWSManagedClusterSpec::default()),
        ..Default::default()
    };
    Manifest::namespaced(&home(environment), &environment.cluster.name, cluster)
}
