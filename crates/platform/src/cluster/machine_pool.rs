//! A pool as Cluster API knows it: how many nodes, of which version, made by what.

use api::cluster_x_k8s_io::v1beta2::{
    MachineBootstrap, MachinePool, MachinePoolSpec, MachinePoolTemplate, MachineSpec,
};
use environment::{Environment, NodePool};
use manifest::{IgnoreDifference, Manifest};
use names::{ObjectName, annotation_key, linked};

use super::{count, home, reference};

/// Who decides how many nodes a pool has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scaling {
    /// An autoscaler changes the number at the provider; Cluster API follows instead of setting it back.
    ByAutoscaler,
    /// The environment file.
    Fixed,
}

/// The number of nodes, which Argo CD leaves to the autoscaler.
pub(super) fn scaled_by_autoscaler() -> IgnoreDifference {
    IgnoreDifference::of_kind("cluster.x-k8s.io", "MachinePool").json_pointer("/spec/replicas")
}

/// The name of the objects of a pool, unlike those of the pools of all other clusters.
pub(super) fn object_name(environment: &Environment, pool: &ObjectName) -> ObjectName {
    linked(environment.cluster.name.as_str(), "-", pool.as_str())
}

/// Every pool that the provider starts by itself: its machines, and the pool as Cluster API knows it.
pub(super) fn started_by_the_provider(
    environment: &Environment,
    scaling: Scaling,
    machines: impl Fn(&ObjectName, &NodePool) -> Manifest,
) -> Vec<Manifest> {
    let pools = environment.nodes.pools.iter();
    pools
        .flat_map(|(name, settings)| {
            let machines = machines(name, settings);
            let start = Start::by_the_provider();
            let pool = machine_pool(environment, name, settings, scaling, start, &machines);
            [machines, pool]
        })
        .collect()
}

/// The pool.
pub(super) fn machine_pool(
    environment: &Environment,
    name: &ObjectName,
    settings: &NodePool,
    scaling: Scaling,
    start: Start,
    machines: &Manifest,
) -> Manifest {
    let cluster = environment.cluster.name.to_string();
    let Start { version, bootstrap } = start;
    let machine_pool = MachinePool {
        spec: MachinePoolSpec {
            cluster_name: cluster.clone(),
            // Where the pool starts. The provider reads it although an autoscaler owns it: it has to be there.
            replicas: Some(count(settings.first_size())),
            template: MachinePoolTemplate {
                spec: MachineSpec {
                    cluster_name: cluster,
                    version,
                    bootstrap,
                    infrastructure_ref: reference(machines),
                    ..Default::default()
                },
                ..Default::default()
            },
            ..Default::default()
        },
        ..Default::default()
    };
    let manifest = Manifest::namespaced(
        &home(environment),
        object_name(environment, name),
        machine_pool,
    );
    match scaling {
        Scaling::Fixed => manifest,
        Scaling::ByAutoscaler => manifest.annotate(
            annotation_key!("cluster.x-k8s.io/replicas-managed-by"),
            "external-autoscaler",
        ),
    }
}

/// How the machines of a pool start.
pub(super) struct Start {
    version: Option<String>,
    bootstrap: MachineBootstrap,
}

impl Start {
    /// With what an object beside the pool says, of the minor of the environment.
    pub(super) fn from(environment: &Environment, bootstrap: &Manifest) -> Self {
        Self {
            // Cluster API takes nothing but three numbers; the provider looks only at the first two.
            version: Some(format!("v{}.0", environment.kubernetes)),
            bootstrap: MachineBootstrap {
                config_ref: Some(reference(bootstrap)),
                ..Default::default()
            },
        }
    }

    /// With what the provider itself tells them, of the version of the control plane.
    pub(super) fn by_the_provider() -> Self {
        Self {
            version: None,
            bootstrap: MachineBootstrap {
                data_secret_name: Some(String::new()),
                ..Default::default()
            },
        }
    }
}
