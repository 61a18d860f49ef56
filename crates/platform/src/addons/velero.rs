//! Velero with its plug-in for the provider; locations and schedules are objects of this tree.

use environment::{Aks, CloudUser, Environment, Provider};
use k8s_openapi::api::core::v1::{
    PodSecurityContext, ResourceRequirements, SecurityContext, VolumeMount,
};
use names::{
    ApplicationName, Bytes, Cpu, Port, ServiceAccountName, WorkloadName, label_key, name, port,
};
use serde::Serialize;

use super::chart::{Calls, Chart, ChartPods, Counted, Home, Published};
use super::values::{Texts, restricted_container, restricted_pod, sized};
use crate::{backup, provider};

/// The plug-ins of this release line go with the server of the chart (1.18).
const PLUGIN_VERSION: &str = "v1.14.0";
/// The user that the images have.
const USER: i64 = 1000;
/// The chart annotates its pods with it.
const METRICS: Port = port!(8085);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Values {
    init_containers: [Plugin; 1],
    pod_security_context: PodSecurityContext,
    container_security_context: SecurityContext,
    resources: ResourceRequirements,
    credentials: Credentials,
    #[serde(skip_serializing_if = "Texts::is_empty")]
    pod_labels: Texts,
    service_account: ServiceAccounts,
    configuration: Configuration,
    deploy_node_agent: bool,
    #[serde(rename = "upgradeCRDs")]
    upgrade_crds: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Plugin {
    name: &'static str,
    image: String,
    volume_mounts: [VolumeMount; 1],
    security_context: SecurityContext,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Credentials {
    use_secret: bool,
    #[serde(skip_serializing_if = "Texts::is_empty")]
    secret_contents: Texts,
}

#[derive(Serialize)]
struct ServiceAccounts {
    server: ServiceAccount,
}

#[derive(Serialize)]
struct ServiceAccount {
    annotations: Texts,
}

/// What would be made by the chart is made by this tree, where it is checked.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Configuration {
    backup_storage_location: [(); 0],
    volume_snapshot_location: [(); 0],
}

/// The chart, where the environment has backups and says which version.
pub(super) fn chart(environment: &Environment) -> Option<Chart> {
    environment.backup.as_ref()?;
    let version = environment.addons.velero.as_ref()?;
    let identity = provider::identity(environment, CloudUser::Velero);
    let values = Values {
        init_containers: [plugin(environment)],
        pod_security_context: restricted_pod(Some(USER)),
        container_security_context: restricted_container(),
        resources: sized(Cpu::millis(500), Bytes::gibi(1)),
        credentials: credentials(environment),
        pod_labels: identity.pod_label_values(),
        service_account: ServiceAccounts {
            server: ServiceAccount {
                annotations: identity.annotation_values(),
            },
        },
        configuration: Configuration {
            backup_storage_location: [],
            volume_snapshot_location: [],
        },
        deploy_node_agent: false,
        // Argo CD applies the kinds of the chart itself.
        upgrade_crds: false,
    };
    let server = ChartPods {
        kind: "Deployment",
        name: name!(WorkloadName, "velero"),
        label: (
            label_key!("app.kubernetes.io/name"),
            name!(WorkloadName, "velero"),
        ),
        account: name!(ServiceAccountName, "velero-server"),
        metrics: Some(METRICS),
        webhooks: &[],
        calls: Calls::Beyond,
    };
    let chart = Chart::new(
        name!(ApplicationName, "velero"),
        Home::Restricted(backup::NAMESPACE),
        Published::at("https://vmware-tanzu.github.io/helm-charts", "velero"),
        version,
        &values,
    );
    Some(
        chart
            .counts([Counted::new("velero", "", "/resources")])
            .runs([server]),
    )
}

fn plugin(environment: &Environment) -> Plugin {
    let name = match &environment.cluster.provider {
        Provider::Eks(_) => "velero-plugin-for-aws",
        Provider::Gke(_) => "velero-plugin-for-gcp",
        Provider::Aks(_) => "velero-plugin-for-microsoft-azure",
    };
    Plugin {
        name,
        image: format!("docker.io/velero/{name}:{PLUGIN_VERSION}"),
        volume_mounts: [VolumeMount {
            name: "plugins".to_owned(),
            mount_path: "/target".to_owned(),
            ..Default::default()
        }],
        security_context: restricted_container(),
    }
}

/// Nowhere a key. The plug-in of Azure reads which subscription and which group of nodes it works on from a file that
/// the chart takes for credentials.
fn credentials(environment: &Environment) -> Credentials {
    let contents = match &environment.cluster.provider {
        Provider::Eks(_) | Provider::Gke(_) => Texts::new(),
        Provider::Aks(aks) => Texts::from([("cloud".to_owned(), azure(environment, aks))]),
    };
    Credentials {
        use_secret: !contents.is_empty(),
        secret_contents: contents,
    }
}

/// The group of nodes is named by AKS after the cluster's group, name and location.
fn azure(environment: &Environment, aks: &Aks) -> String {
    format!(
        "AZURE_SUBSCRIPTION_ID={}\nAZURE_RESOURCE_GROUP=MC_{}_{}_{}\nAZURE_CLOUD_NAME=AzurePublicCloud\n",
        aks.subscription, aks.resource_group, environment.cluster.name, aks.location.value
    )
}
