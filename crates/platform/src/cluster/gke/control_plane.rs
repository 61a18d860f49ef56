//! The control plane that GKE runs in every zone of a region: its version, its addresses and who reaches it.

use api::infrastructure_cluster_x_k8s_io::v1beta1::{
    GCPManagedControlPlane, GCPManagedControlPlaneClusterNetwork,
    GCPManagedControlPlaneClusterNetworkPod, GCPManagedControlPlaneClusterNetworkPrivateCluster,
    GCPManagedControlPlaneClusterNetworkService, GCPManagedControlPlaneClusterSecurity,
    GCPManagedControlPlaneClusterSecurityWorkloadIdentityConfig,
    GCPManagedControlPlaneMasterAuthorizedNetworksConfig,
    GCPManagedControlPlaneMasterAuthorizedNetworksConfigCidrBlock,
    GCPManagedControlPlaneReleaseChannel, GCPManagedControlPlaneSpec,
};
use environment::{Environment, Gke, ReleaseChannel};
use manifest::Manifest;

use crate::annotations;
use crate::cluster::home;

/// What the platform wants of a cluster, and GKE or its Cluster API provider does not let anybody set, with what stands
/// in its place.
const NOT_SETTABLE: &str = "GKE sets the API server's flags itself, --max-requests-inflight and \
    --max-mutating-requests-inflight among them; FlowSchemas and PriorityLevelConfigurations share what there is \
    between clients, and QPS and burst are flags of each client. Nobody reaches its etcd: Velero backs up the objects. \
    The kubelet's reservations follow from the machine, and its managers have no field in this API. Dataplane V2, \
    which enforces network policies, NodeLocal DNS, maintenance windows and the encryption of secrets with a key of \
    one's own have no field either: the first is said when the cluster is made, the others with `gcloud container \
    clusters update`.";

/// The control plane with its networks.
pub(super) fn control_plane(environment: &Environment, gke: &Gke) -> Manifest {
    let control_plane = GCPManagedControlPlane {
        spec: Some(GCPManagedControlPlaneSpec {
            cluster_name: Some(environment.cluster.name.to_string()),
            project: gke.project.value.clone(),
            // A region and not a zone: the control plane is there while a zone is not.
            location: gke.region.value.clone(),
            version: Some(environment.kubernetes.to_string()),
            release_channel: Some(match gke.release_channel {
                ReleaseChannel::Rapid => GCPManagedControlPlaneReleaseChannel::Rapid,
                ReleaseChannel::Regular => GCPManagedControlPlaneReleaseChannel::Regular,
                ReleaseChannel::Stable => GCPManagedControlPlaneReleaseChannel::Stable,
                ReleaseChannel::Extended => GCPManagedControlPlaneReleaseChannel::Extended,
            }),
            cluster_network: Some(networks(gke)),
            cluster_security: Some(GCPManagedControlPlaneClusterSecurity {
                workload_identity_config: Some(
                    GCPManagedControlPlaneClusterSecurityWorkloadIdentityConfig {
                        workload_pool: format!("{}.svc.id.goog", gke.project.value),
                    },
                ),
                ..Default::default()
            }),
            master_authorized_networks_config: Some(authorized(gke)),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::namespaced(&home(environment), &environment.cluster.name, control_plane)
        .annotate(annotations::NOT_SETTABLE, NOT_SETTABLE)
}

/// Pods and Services have addresses of their own; without `useIPAliases` both ranges would be ignored.
fn networks(gke: &Gke) -> GCPManagedControlPlaneClusterNetwork {
    GCPManagedControlPlaneClusterNetwork {
        use_ip_aliases: Some(true),
        pod: Some(GCPManagedControlPlaneClusterNetworkPod {
            cidr_block: Some(gke.network.pods.to_string()),
        }),
        service: Some(GCPManagedControlPlaneClusterNetworkService {
            cidr_block: Some(gke.network.services.to_string()),
        }),
        private_cluster: Some(GCPManagedControlPlaneClusterNetworkPrivateCluster {
            enable_private_nodes: Some(true),
            enable_private_endpoint: Some(gke.private_endpoint),
            control_plane_cidr_block: Some(gke.network.control_plane.to_string()),
            ..Default::default()
        }),
    }
}

/// The named networks and nobody else, not even other customers of Google.
fn authorized(gke: &Gke) -> GCPManagedControlPlaneMasterAuthorizedNetworksConfig {
    GCPManagedControlPlaneMasterAuthorizedNetworksConfig {
        cidr_blocks: Some(
            gke.authorized_networks
                .iter()
                .map(|(name, range)| {
                    GCPManagedControlPlaneMasterAuthorizedNetworksConfigCidrBlock {
                        cidr_block: Some(range.to_string()),
                        display_name: Some(name.to_string()),
                    }
                })
                .collect(),
        ),
        gcp_public_cidrs_access_enabled: Some(false),
    }
}
