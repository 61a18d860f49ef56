//! A pool as Cluster API knows it: how many nodes, of which version, made by what.

use api::cluster_x_k8s_io::v1beta2::{
    MachineBootstrap, MachinePool, MachinePoolSpec, MachinePoolTemplate, MachineSpec,
};
use manifest::Manifest;
use names::{KubernetesMinor, annotation_key};

use super::{Pool, machines};
use crate::cluster::reference;

/// The pool. The cluster autoscaler changes the number of nodes at the provider; Cluster API then follows instead of
/// setting it back, and Argo CD leaves `replicas` alone.
pub(super) fn machine_pool(
    pool: &Pool,
    kubernetes: KubernetesMinor,
    bootstrap: &Manifest,
    machines: &Manifest,
) -> Manifest {
    let machine_pool = MachinePool {
        spec: MachinePoolSpec {
            cluster_name: pool.cluster.to_string(),
            // Where the pool starts. The provider reads it although the autoscaler owns it: it has to be there.
            replicas: Some(machines::count(*pool.settings.size.lower())),
            template: MachinePoolTemplate {
                spec: MachineSpec {
                    cluster_name: pool.cluster.to_string(),
                    // Cluster API takes nothing but three numbers; the provider looks only at the first two.
                    version: Some(format!("v{kubernetes}.0")),
                    bootstrap: MachineBootstrap {
                        config_ref: Some(reference(bootstrap)),
                        ..Default::default()
                    },
                    infrastructure_ref: reference(machines),
                    ..Default::default()
                },
                ..Default::default()
            },
            ..Default::default()
        },
        ..Default::default()
    };
    Manifest::namespaced(&pool.home, &pool.object, machine_pool).annotate(
        annotation_key!("cluster.x-k8s.io/replicas-managed-by"),
        "external-autoscaler",
    )
}
