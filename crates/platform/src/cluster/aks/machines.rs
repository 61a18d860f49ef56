//! The machines of a pool of AKS with a size of its own, which is what the system runs on.

use api::infrastructure_cluster_x_k8s_io::v1beta1::{
    AzureASOManagedMachinePool, AzureASOManagedMachinePoolSpec,
};
use environment::{Aks, Capacity, CpuManagerPolicy, Environment, NodePool};
use manifest::Manifest;
use names::ObjectName;
use serde_json::{Value, json};

use super::infrastructure::node_subnet;
use super::resource::{resource, version};
use crate::cluster::machine_pool::object_name;
use crate::cluster::{gibibytes, home, labels};

/// The pool.
pub(super) fn machines(
    environment: &Environment,
    aks: &Aks,
    name: &ObjectName,
    settings: &NodePool,
) -> Manifest {
    let object = object_name(environment, name);
    let pool = AzureASOManagedMachinePool {
        spec: Some(AzureASOManagedMachinePoolSpec {
            resources: Some(vec![resource(
                version::CONTAINER_SERVICE,
                "ManagedClustersAgentPool",
                object.as_str(),
                &agent_pool(environment, aks, name, settings),
            )]),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::namespaced(&home(environment), object, pool)
}

/// The number of nodes comes from Cluster API, and their version from the control plane.
fn agent_pool(
    environment: &Environment,
    aks: &Aks,
    name: &ObjectName,
    settings: &NodePool,
) -> Value {
    let kubelet = &environment.nodes.kubelet;
    let taints: Vec<String> = settings.taints.iter().map(ToString::to_string).collect();
    json!({
        "owner": { "name": environment.cluster.name.to_string() },
        "azureName": name.to_string(),
        "mode": "System",
        "type": "VirtualMachineScaleSets",
        "vmSize": settings.machine.value,
        "osType": "Linux",
        "osSKU": "AzureLinux",
        "osDiskSizeGB": gibibytes(settings.disk.value),
        "enableEncryptionAtHost": true,
        "enableAutoScaling": false,
        "availabilityZones": zones(aks, settings),
        "scaleSetPriority": match settings.capacity.value {
            Capacity::OnDemand => "Regular",
            Capacity::Spot => "Spot",
        },
        "maxPods": kubelet.max_pods.value,
        "kubeletConfig": {
            "cpuManagerPolicy": match kubelet.cpu_manager_policy.value {
                CpuManagerPolicy::None => "none",
                CpuManagerPolicy::Static => "static",
            },
        },
        "nodeLabels": labels::labels(name, settings),
        "nodeTaints": taints,
        "vnetSubnetReference": node_subnet(environment),
        "upgradeSettings": { "maxSurge": "33%" },
    })
}

/// The zones of the pool, or else all of the cluster.
fn zones(aks: &Aks, settings: &NodePool) -> Vec<String> {
    match &settings.zones {
        Some(zones) => zones.iter().map(|zone| zone.value.clone()).collect(),
        None => aks
            .zones
            .iter()
            .map(|zone| zone.value.to_string())
            .collect(),
    }
}
