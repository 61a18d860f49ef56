//! The control plane that AKS runs: its networks, who reaches it, who it acts as and what it encrypts.

use api::infrastructure_cluster_x_k8s_io::v1beta1::{
    AzureASOManagedControlPlane, AzureASOManagedControlPlaneSpec,
};
use environment::{Aks, Environment};
use manifest::Manifest;
use serde_json::{Value, json};

use super::infrastructure::control_plane_subnet;
use super::resource::{resource, version};
use crate::annotations;
use crate::cluster::home;

/// What the platform wants of a cluster and AKS does not let anybody set, with what stands in its place.
const NOT_SETTABLE: &str = "AKS sets the API server's flags itself, --max-requests-inflight and \
    --max-mutating-requests-inflight among them, and scales with load; FlowSchemas and PriorityLevelConfigurations \
    share what there is between clients, and QPS and burst are flags of each client. Nobody reaches its etcd: Velero \
    backs up the objects. The kubelet's reservations follow from the machine and the number of pods, it knows no pods \
    by the core, and there is no memory manager. Its Cilium knows nodes by what they are and not by their addresses, and \
    AKS does not let anybody change that (policy-cidr-match-mode): network policies by address open no way to kubelets \
    and to what runs in the nodes' network. Where their metrics are wanted, a CiliumNetworkPolicy in the namespace of \
    Prometheus has to allow `toEntities: [host, remote-node]`.";

/// Which of the addresses of Services cluster DNS gets.
const DNS_ADDRESS: u128 = 10;

/// The control plane. Its version is the newest that AKS has of the minor, and nodes follow it.
pub(super) fn control_plane(environment: &Environment, aks: &Aks) -> Manifest {
    let control_plane = AzureASOManagedControlPlane {
        spec: Some(AzureASOManagedControlPlaneSpec {
            version: Some(format!("v{}", environment.kubernetes)),
            resources: Some(vec![resource(
                version::CONTAINER_SERVICE,
                "ManagedCluster",
                environment.cluster.name.as_str(),
                &managed_cluster(environment, aks),
            )]),
        }),
        ..Default::default()
    };
    Manifest::namespaced(&home(environment), &environment.cluster.name, control_plane)
        .annotate(annotations::NOT_SETTABLE, NOT_SETTABLE)
}

fn managed_cluster(environment: &Environment, aks: &Aks) -> Value {
    json!({
        "owner": { "name": aks.resource_group.to_string() },
        "location": aks.location.value,
        "dnsPrefix": environment.cluster.name.to_string(),
        // The tier with a promise that the API server is there.
        "sku": { "name": "Base", "tier": "Standard" },
        "identity": {
            "type": "UserAssigned",
            "userAssignedIdentities": [{ "reference": { "armId": identity(aks) } }],
        },
        "networkProfile": network_profile(aks),
        "apiServerAccessProfile": access(environment, aks),
        // Karpenter, run by AKS, and none but the pools of this tree.
        "nodeProvisioningProfile": { "mode": "Auto", "defaultNodePools": "None" },
        "oidcIssuerProfile": { "enabled": true },
        "securityProfile": {
            "workloadIdentity": { "enabled": true },
            "azureKeyVaultKms": {
                "enabled": true,
                "keyId": aks.encryption_key.to_string(),
                "keyVaultNetworkAccess": "Public",
            },
            "imageCleaner": { "enabled": true, "intervalHours": 168 },
        },
        // People come in with accounts of the directory only, and Azure's roles say what they may do.
        "aadProfile": { "managed": true, "enableAzureRBAC": true, "tenantID": aks.tenant.to_string() },
        "disableLocalAccounts": true,
        "autoUpgradeProfile": { "upgradeChannel": "patch", "nodeOSUpgradeChannel": "NodeImage" },
        "storageProfile": {
            "diskCSIDriver": { "enabled": true },
            "snapshotController": { "enabled": true },
        },
    })
}

/// The managed identity, which has to be there before, with the right to use the key.
fn identity(aks: &Aks) -> String {
    format!(
        "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{}",
        aks.subscription, aks.resource_group, aks.control_plane_identity
    )
}

/// Pods in a network over that of the nodes, with Cilium moving packets and enforcing network policies: the only one
/// that goes with nodes made as pods need them.
fn network_profile(aks: &Aks) -> Value {
    json!({
        "networkPlugin": "azure",
        "networkPluginMode": "overlay",
        "networkDataplane": "cilium",
        "networkPolicy": "cilium",
        "podCidr": aks.network.pods.to_string(),
        "serviceCidr": aks.network.services.to_string(),
        "dnsServiceIP": aks.network.services.address(DNS_ADDRESS).map(|address| address.to_string()),
        "loadBalancerSku": "standard",
        "outboundType": "loadBalancer",
    })
}

/// The API server has its addresses in a subnet of the network, so that nodes need no tunnel and policies can name it.
fn access(environment: &Environment, aks: &Aks) -> Value {
    let authorized: Vec<String> = aks
        .authorized_networks
        .values()
        .map(|range| range.value.to_string())
        .collect();
    let mut access = json!({
        "enablePrivateCluster": aks.private.value,
        "enableVnetIntegration": true,
        "subnetReference": control_plane_subnet(environment),
        // Nobody runs commands in the cluster by way of Azure's own interface.
        "disableRunCommand": true,
    });
    if let (Some(fields), false) = (access.as_object_mut(), authorized.is_empty()) {
        fields.insert("authorizedIPRanges".to_owned(), authorized.into());
    }
    access
}
