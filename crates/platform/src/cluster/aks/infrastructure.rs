//! What a cluster on Azure stands on: its resource group, its network and the subnets of nodes and control plane.

use api::infrastructure_cluster_x_k8s_io::v1beta1::{
    AzureASOManagedCluster, AzureASOManagedClusterSpec,
};
use environment::{Aks, Environment};
use manifest::Manifest;
use names::Cidr;
use serde_json::{Value, json};

use super::resource::{reference, resource, version};
use crate::cluster::home;

/// Azure's names of the subnets.
const NODES: &str = "nodes";
const CONTROL_PLANE: &str = "control-plane";

/// The resource group with the network.
pub(super) fn infrastructure(environment: &Environment, aks: &Aks) -> Manifest {
    let cluster = AzureASOManagedCluster {
        spec: Some(AzureASOManagedClusterSpec {
            resources: Some(vec![
                resource(
                    version::RESOURCES,
                    "ResourceGroup",
                    aks.resource_group.as_str(),
                    &json!({ "location": aks.location.value }),
                ),
                network(environment, aks),
                subnet(environment, NODES, aks.network.nodes.value, Value::Null),
                subnet(
                    environment,
                    CONTROL_PLANE,
                    aks.network.control_plane.value,
                    delegations(),
                ),
            ]),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::namespaced(&home(environment), &environment.cluster.name, cluster)
}

/// The name of a subnet among the objects of the management cluster.
fn subnet_name(environment: &Environment, subnet: &str) -> String {
    format!("{}-{subnet}", environment.cluster.name)
}

/// A reference to the subnet of the nodes.
pub(super) fn node_subnet(environment: &Environment) -> Value {
    subnet_reference(environment, NODES)
}

/// A reference to the subnet of the control plane.
pub(super) fn control_plane_subnet(environment: &Environment) -> Value {
    subnet_reference(environment, CONTROL_PLANE)
}

fn subnet_reference(environment: &Environment, subnet: &str) -> Value {
    reference(
        version::NETWORK,
        "VirtualNetworksSubnet",
        &subnet_name(environment, subnet),
    )
}

/// The subnet of the nodes as Azure itself names it.
pub(crate) fn node_subnet_identifier(environment: &Environment, aks: &Aks) -> String {
    format!(
        "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.Network/virtualNetworks/{}/subnets/{NODES}",
        aks.subscription, aks.resource_group, environment.cluster.name
    )
}

fn network(environment: &Environment, aks: &Aks) -> Value {
    resource(
        version::NETWORK,
        "VirtualNetwork",
        environment.cluster.name.as_str(),
        &json!({
            "owner": { "name": aks.resource_group.to_string() },
            "location": aks.location.value,
            "addressSpace": { "addressPrefixes": [aks.network.cidr.to_string()] },
        }),
    )
}

fn subnet(environment: &Environment, name: &str, range: Cidr, delegations: Value) -> Value {
    let mut spec = json!({
        "owner": { "name": environment.cluster.name.to_string() },
        "azureName": name,
        "addressPrefix": range.to_string(),
    });
    if let (Some(fields), false) = (spec.as_object_mut(), delegations.is_null()) {
        fields.insert("delegations".to_owned(), delegations);
    }
    resource(
        version::NETWORK,
        "VirtualNetworksSubnet",
        &subnet_name(environment, name),
        &spec,
    )
}

/// Only Azure may put anything into the subnet of the control plane.
fn delegations() -> Value {
    json!([{ "name": "control-plane", "serviceName": "Microsoft.ContainerService/managedClusters" }])
}
