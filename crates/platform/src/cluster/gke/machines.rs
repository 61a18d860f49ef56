//! The machines of a pool: a node pool of GKE, which its own autoscaler makes greater and smaller.

use api::infrastructure_cluster_x_k8s_io::v1beta1::{
    GCPManagedMachinePool, GCPManagedMachinePoolDiskType, GCPManagedMachinePoolManagement,
    GCPManagedMachinePoolNodeSecurity, GCPManagedMachinePoolNodeSecurityServiceAccount,
    GCPManagedMachinePoolScaling, GCPManagedMachinePoolScalingLocationPolicy,
    GCPManagedMachinePoolSpec,
};
use environment::{Environment, Gke, NodePool};
use manifest::Manifest;
use names::ObjectName;

use crate::annotations;
use crate::cluster::labels;
use crate::cluster::machine_pool::object_name;
use crate::cluster::{count, gibibytes, home};

/// The autoscaler of GKE looks at what waits for a place. A share of CPU or memory is the business of the pods'
/// autoscalers, who make pods that then find no place.
const NOT_SETTABLE: &str = "A pool of GKE has no target for CPU or memory: it grows when pods find no place. The targets \
    belong to the autoscalers of the workloads that run here.";

/// The node pool. Least and greatest number are those of all zones together; without them GKE would take none to one.
pub(super) fn machines(
    environment: &Environment,
    gke: &Gke,
    name: &ObjectName,
    settings: &NodePool,
) -> Manifest {
    let pool = GCPManagedMachinePool {
        spec: Some(GCPManagedMachinePoolSpec {
            node_pool_name: Some(name.to_string()),
            machine_type: Some(settings.machine.value.clone()),
            disk_size_gb: Some(i64::try_from(gibibytes(settings.disk.value)).unwrap_or(i64::MAX)),
            disk_type: Some(GCPManagedMachinePoolDiskType::PdSsd),
            image_type: Some("COS_CONTAINERD".to_owned()),
            node_locations: Some(zones(gke, settings)),
            scaling: Some(GCPManagedMachinePoolScaling {
                enable_autoscaling: Some(true),
                min_count: Some(count(*settings.size.lower())),
                max_count: Some(count(*settings.size.upper())),
                location_policy: Some(GCPManagedMachinePoolScalingLocationPolicy::Balanced),
            }),
            management: Some(GCPManagedMachinePoolManagement {
                auto_repair: Some(true),
                auto_upgrade: Some(true),
            }),
            max_pods_per_node: Some(i64::from(environment.nodes.kubelet.max_pods.value)),
            kubernetes_labels: Some(labels::labels(name, settings)),
            kubernetes_taints: labels::taints(&settings.taints),
            node_security: Some(node_security(environment, gke)),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::namespaced(&home(environment), object_name(environment, name), pool)
        .annotate(annotations::NOT_SETTABLE, NOT_SETTABLE)
}

/// The zones of the pool, or else all of the cluster.
fn zones(gke: &Gke, settings: &NodePool) -> Vec<String> {
    settings
        .zones
        .as_ref()
        .unwrap_or(&gke.zones)
        .iter()
        .map(|zone| zone.value.clone())
        .collect()
}

/// Machines start nothing that Google has not signed, and act as an account that may write logs and metrics and pull
/// images: the account that Google gives them unasked may edit all of the project.
fn node_security(environment: &Environment, gke: &Gke) -> GCPManagedMachinePoolNodeSecurity {
    GCPManagedMachinePoolNodeSecurity {
        enable_secure_boot: Some(true),
        enable_integrity_monitoring: Some(true),
        service_account: Some(GCPManagedMachinePoolNodeSecurityServiceAccount {
            email: Some(format!(
                "{}-nodes@{}.iam.gserviceaccount.com",
                environment.cluster.name, gke.project.value
            )),
            scopes: Some(vec![
                "https://www.googleapis.com/auth/cloud-platform".to_owned(),
            ]),
        }),
        ..Default::default()
    }
}
