//! The cluster itself: Cluster API objects of Amazon EKS, which a management cluster turns into a control plane, a
//! network and nodes.
//!
//! Everything here but the security groups of pods is applied to the management cluster. What runs there has to have
//! the `MachinePool` kind (Cluster API), EKS support and, where pods have security groups, `EKSAllowAddRoles` (Cluster
//! API Provider AWS, v2.11).

mod addons;
mod control_plane;
mod infrastructure;
mod kubelet;
mod labels;
mod namespace;
mod network;
mod owner;
mod pod_security_groups;
mod pool;
#[cfg(test)]
mod tests;

use environment::{Environment, Provider};
use k8s_openapi::api::core::v1::TypedLocalObjectReference;
use manifest::{Application, ApplicationSyncOption, IgnoreDifference, Manifest, SyncOption};
use names::{ApplicationName, NamespaceName, ObjectName, name};

use crate::component::Component;
use crate::wave;

pub(crate) use pod_security_groups::pod_security_groups;

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

/// The cluster with its control plane and node pools.
pub(crate) fn cluster(environment: &Environment) -> Component<()> {
    let Provider::Eks(eks) = &environment.cluster.provider;
    let infrastructure = infrastructure::infrastructure(environment);
    let control_plane = control_plane::control_plane(environment, eks);
    let owner = owner::owner(environment, eks, &infrastructure, &control_plane);
    let pools = environment.nodes.pools.iter().flat_map(|(name, settings)| {
        pool::pool(environment, eks, name, settings)
            .map(|manifest| manifest.sync_wave(AFTER_CONTROL_PLANE))
    });
    Component::new(
        &name!(ApplicationName, "cluster"),
        &home(environment),
        wave::FOUNDATION,
        (),
    )
    .with([namespace::namespace(&home(environment))])
    .with(
        [owner, infrastructure, control_plane]
            .into_iter()
            .chain(pools)
            .map(guarded),
    )
    .application(|application| shared_with_controllers(application).cluster(MANAGEMENT_CLUSTER))
}

/// Removing one of these objects removes machines, or all of the cluster: somebody has to agree.
fn guarded(manifest: Manifest) -> Manifest {
    manifest
        .sync_option(SyncOption::PruneConfirm)
        .sync_option(SyncOption::DeleteConfirm)
}

/// The controllers write into the specification of what they look after, and Argo CD leaves that to them.
///
/// Only the API server can merge the list of subnets by `id`; a patch by the client would replace it, and with it the
/// identifiers that the provider noted there.
fn shared_with_controllers(application: Application) -> Application {
    let subnet = |field: &str| format!(".spec.network.subnets[].{field}");
    application
        .sync_options([
            ApplicationSyncOption::ServerSideApply,
            ApplicationSyncOption::RespectIgnoreDifferences,
        ])
        .ignore_differences([
            IgnoreDifference::of_kind("cluster.x-k8s.io", "MachinePool")
                .json_pointer("/spec/replicas"),
            [
                "resourceID",
                "natGatewayId",
                "routeTableId",
                "parentZoneName",
                "zoneType",
                "tags",
            ]
            .into_iter()
            .fold(
                IgnoreDifference::of_kind(
                    "controlplane.cluster.x-k8s.io",
                    "AWSManagedControlPlane",
                ),
                |ignored, field| ignored.jq_path(subnet(field)),
            ),
        ])
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
