//! Node pools: for each its nodes, how their machines are made, and what they are told when they start.

mod bootstrap;
mod machine_pool;
mod machines;

use std::collections::BTreeMap;

use environment::{Eks, Environment, NodePool};
use manifest::Manifest;
use names::{NamespaceName, ObjectName, linked};

use super::{kubelet, labels};

/// A pool as its objects see it.
struct Pool<'a> {
    /// The cluster that it belongs to.
    cluster: &'a ObjectName,
    /// The namespace of its objects.
    home: NamespaceName,
    /// The name of its objects, unlike those of the pools of all other clusters.
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
pub(super) fn pool(
    environment: &Environment,
    eks: &Eks,
    name: &ObjectName,
    settings: &NodePool,
) -> [Manifest; 3] {
    let pool = Pool {
        cluster: &environment.cluster.name,
        home: super::home(environment),
        object: linked(environment.cluster.name.as_str(), "-", name.as_str()),
        name,
        settings,
        labels: labels::labels(name, settings),
    };
    let bootstrap = bootstrap::bootstrap(&pool, kubelet::configuration(&environment.nodes.kubelet));
    let tags = labels::autoscaler_tags(environment, &pool.labels);
    let machines = machines::machines(&pool, eks, tags);
    let machine_pool =
        machine_pool::machine_pool(&pool, environment.kubernetes, &bootstrap, &machines);
    [bootstrap, machines, machine_pool]
}
