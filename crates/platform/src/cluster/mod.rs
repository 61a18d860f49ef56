//! The cluster itself: Cluster API objects of its provider, which a management cluster turns into a control plane, a
//! network and nodes.
//!
//! Everything here but the security groups of pods and the pools whose nodes are made as pods need them is applied to
//! the management cluster. What runs there has to have the `MachinePool` kind (Cluster API) and the provider's parts.

mod aks;
mod eks;
mod gke;
mod labels;
mod machine_pool;
mod namespace;
mod owner;
mod pod_security_groups;
mod provisioning;
mod room;
#[cfg(test)]
mod tests;

use environment::{Environment, Provider};
use k8s_openapi::api::core::v1::TypedLocalObjectReference;
use manifest::{Application, ApplicationSyncOption, IgnoreDifference, Manifest, SyncOption};
use names::{ApplicationName, NamespaceName, ObjectName, name};

use crate::component::Component;
use crate::wave;

pub(crate) use labels::POOL;
pub(crate) use pod_security_groups::pod_security_groups;
pub(crate) use provisioning::provisioned_pools;
pub use room::{NodePool, PoolMachine, node_pools};

/// The name by which Argo CD knows the management cluster.
const MANAGEMENT_CLUSTER: ObjectName = ObjectName::from_static("management");

/// Where the management cluster keeps the objects of this cluster: a namespace for each, so that two environments never
/// own one object.
fn home(environment: &Environment) -> NamespaceName {
    environment.cluster.name.with_suffix("-cluster")
}

/// The wave of the node pools, after everything else: nodes must not be newer than their control plane, so that on an
/// upgrade Argo CD waits until the control plane is healthy.
const AFTER_CONTROL_PLANE: i32 = 1;

/// What a provider makes of the environment.
struct Parts {
    /// The object that Cluster API calls the infrastructure.
    infrastructure: Manifest,
    /// The control plane.
    control_plane: Manifest,
    /// The objects of all node pools.
    pools: Vec<Manifest>,
    /// What the controllers write into specifications.
    ignored: Vec<IgnoreDifference>,
}

/// The cluster with its control plane and node pools.
pub(crate) fn cluster(environment: &Environment) -> Component<()> {
    let parts = match &environment.cluster.provider {
        Provider::Eks(eks) => eks::parts(environment, eks),
        Provider::Gke(gke) => gke::parts(environment, gke),
        Provider::Aks(aks) => aks::parts(environment, aks),
    };
    let Parts {
        infrastructure,
        control_plane,
        pools,
        ignored,
    } = parts;
    let owner = owner::owner(environment, &infrastructure, &control_plane);
    let pools = pools
        .into_iter()
        .map(|manifest| manifest.sync_wave(AFTER_CONTROL_PLANE));
    Component::new(
        &name!(ApplicationName, "cluster"),
        &home(environment),
        wave::FOUNDATION,
        (),
    )
    .with([namespace::namespace(&home(environment), environment)])
    .with(
        [owner, infrastructure, control_plane]
            .into_iter()
            .chain(pools)
            .map(guarded),
    )
    .application(|application| {
        shared_with_controllers(application, ignored).cluster(MANAGEMENT_CLUSTER)
    })
}

/// Removing one of these objects removes machines, or all of the cluster: somebody has to agree.
fn guarded(manifest: Manifest) -> Manifest {
    manifest
        .sync_option(SyncOption::PruneConfirm)
        .sync_option(SyncOption::DeleteConfirm)
}

/// The controllers write into the specification of what they look after, and Argo CD leaves that to them.
///
/// Only the API server can merge lists by their keys; a patch by the client would replace them, and with them what the
/// provider noted there.
fn shared_with_controllers(
    application: Application,
    ignored: Vec<IgnoreDifference>,
) -> Application {
    application
        .sync_options([
            ApplicationSyncOption::ServerSideApply,
            ApplicationSyncOption::RespectIgnoreDifferences,
        ])
        .ignore_differences(ignored)
}

/// A reference to an object beside the referring one. Its version is not said: Cluster API looks it up.
fn reference(to: &Manifest) -> TypedLocalObjectReference {
    let id = to.id();
    TypedLocalObjectReference {
        api_group: Some(id.group().to_owned()),
        kind: id.kind.to_string(),
        name: id.name.clone(),
    }
}

/// A number of nodes in the type of the API, which no pool outgrows.
fn count(nodes: u32) -> i32 {
    i32::try_from(nodes).unwrap_or(i32::MAX)
}

/// A size in whole GiB, as disks are sold, rounded up.
fn gibibytes(size: names::Bytes) -> u64 {
    size.get().div_ceil(names::Bytes::gibi(1).get())
}
