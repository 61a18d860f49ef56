//! Cluster API objects of Amazon EKS (Cluster API Provider AWS, v2.11). Where pods have security groups, the management
//! cluster needs its feature `EKSAllowAddRoles`.

mod addons;
mod autoscaling;
mod bootstrap;
mod control_plane;
mod infrastructure;
mod kubelet;
mod machines;
mod network;

use std::collections::BTreeMap;

use environment::{Eks, Environment, NodePool};
use manifest::{IgnoreDifference, Manifest};
use names::{NamespaceName, ObjectName};

use super::machine_pool::{self, Scaling, Start};
use super::{Parts, home, labels};

/// Everything of a cluster on EKS.
pub(super) fn parts(environment: &Environment, eks: &Eks) -> Parts {
    Parts {
        infrastructure: infrastructure::infrastructure(environment),
        control_plane: control_plane::control_plane(environment, eks),
        pools: environment
            .nodes
            .pools
            .iter()
            .flat_map(|(name, settings)| pool(environment, eks, name, settings))
            .collect(),
        ignored: vec![machine_pool::scaled_by_autoscaler(), noted_subnets()],
    }
}

/// What the provider notes beside each subnet.
fn noted_subnets() -> IgnoreDifference {
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
        IgnoreDifference::of_kind("controlplane.cluster.x-k8s.io", "AWSManagedControlPlane"),
        |ignored, field| ignored.jq_path(format!(".spec.network.subnets[].{field}")),
    )
}

/// A pool as its objects see it.
struct Pool<'a> {
    /// The namespace of its objects.
    home: NamespaceName,
    /// The name of its objects.
    object: ObjectName,
    /// Its name within the cluster.
    name: &'a ObjectName,
    /// What the environment says of it.
    settings: &'a NodePool,
    /// The labels of its nodes.
    labels: BTreeMap<String, String>,
}

/// The three objects of one pool.
///
/// A managed node group takes its kubelet's configuration from user data only, user data needs a launch template, and
/// the provider puts an image into every launch template. So a group has the AMI type `CUSTOM`, its image is looked up
/// among those that AWS publishes for EKS, and the user data is all of what nodeadm reads. Version 2.11 of the provider
/// has every part of this (its launch templates take the data of any bootstrap provider, and `NodeadmConfig` follows
/// machine pools); that the parts work together is what its tests hold from the version after that on.
fn pool(
    environment: &Environment,
    eks: &Eks,
    name: &ObjectName,
    settings: &NodePool,
) -> [Manifest; 3] {
    let pool = Pool {
        home: home(environment),
        object: machine_pool::object_name(environment, name),
        name,
        settings,
        labels: labels::labels(name, settings),
    };
    let bootstrap = bootstrap::bootstrap(&pool, kubelet::configuration(&environment.nodes.kubelet));
    let tags = autoscaling::tags(environment, &pool.labels, &settings.taints);
    let machines = machines::machines(&pool, eks, tags);
    let machine_pool = machine_pool::machine_pool(
        environment,
        name,
        settings,
        Scaling::ByAutoscaler,
        Start::from(environment, &bootstrap),
        &machines,
    );
    [bootstrap, machines, machine_pool]
}
