//! Istio: its kinds, its control plane, the plug-in that sets up pods, and the gateway.

use environment::{ComputeResources, Environment, Mesh, Provider};
use k8s_openapi::api::core::v1::{
    PodSecurityContext, ResourceRequirements, SeccompProfile, Sysctl,
};
use manifest::IgnoreDifference;
use names::{ApplicationName, ServiceAccountName, Version, WorkloadName, label_key, name, port};
use serde::Serialize;

use super::chart::{Calls, Chart, ChartPods, Counted, Home, Published};
use super::load_balancer::{Service, service};
use super::values::{Switch, runtime_default};
use crate::convert::requests_and_limits;
use crate::mesh::{GATEWAY_NAMESPACE, ROOT_NAMESPACE};

/// Where the charts are published since 1.30 (upgrade notes of 1.31).
const fn published(chart: &'static str) -> Published {
    Published::at("https://blob.istio.io/istio-release/charts", chart)
}

const NODE_DIRECTORIES: &str =
    "istio-cni mounts directories of the node, where it tells the network of each new pod";

#[derive(Serialize)]
struct Nothing {}

#[derive(Serialize)]
struct Hub {
    hub: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    platform: Option<Platform>,
}

/// Providers whose nodes keep their network plug-ins elsewhere.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
enum Platform {
    Gke,
}

#[derive(Serialize)]
struct ContainerNetwork {
    global: Hub,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ControlPlane {
    autoscale_min: u32,
    autoscale_max: u32,
    cni: Switch,
    resources: ResourceRequirements,
    global: Global,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Global {
    hub: String,
    #[serde(rename = "meshID")]
    mesh_id: String,
    network: String,
    multi_cluster: MultiCluster,
    proxy: Proxy,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MultiCluster {
    cluster_name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Proxy {
    resources: ResourceRequirements,
    seccomp_profile: SeccompProfile,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Gateway {
    autoscaling: Autoscaling,
    pod_disruption_budget: Budget,
    security_context: PodSecurityContext,
    service: Service,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Autoscaling {
    min_replicas: u32,
    max_replicas: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Budget {
    max_unavailable: u32,
}

/// The four charts, on one version; nothing where there is no mesh.
pub(super) fn charts(environment: &Environment) -> Vec<Chart> {
    let (Some(mesh), Some(version)) = (&environment.mesh, &environment.addons.istio) else {
        return Vec::new();
    };
    vec![
        base(version),
        control_plane(mesh, version),
        container_network(environment, mesh, version),
        gateway(environment, version),
    ]
}

fn root() -> Home {
    Home::Privileged(ROOT_NAMESPACE, NODE_DIRECTORIES)
}

/// The control plane turns its validation on by itself, once it serves it.
fn validation() -> IgnoreDifference {
    IgnoreDifference::of_kind(
        "admissionregistration.k8s.io",
        "ValidatingWebhookConfiguration",
    )
    .jq_path(".webhooks[].failurePolicy")
}

fn base(version: &Version) -> Chart {
    Chart::new(
        name!(ApplicationName, "istio-base"),
        root(),
        published("base"),
        version,
        &Nothing {},
    )
    .shares([validation()])
}

fn control_plane(mesh: &Mesh, version: &Version) -> Chart {
    let sizes = |resources: &ComputeResources| requests_and_limits(resources);
    let values = ControlPlane {
        autoscale_min: 2,
        autoscale_max: 5,
        cni: Switch::ON,
        resources: sizes(&mesh.pilot),
        global: Global {
            hub: mesh.hub.clone(),
            mesh_id: mesh.mesh_id.to_string(),
            network: mesh.network.to_string(),
            multi_cluster: MultiCluster {
                cluster_name: mesh.cluster_name.to_string(),
            },
            proxy: Proxy {
                resources: sizes(&mesh.proxy),
                seccomp_profile: runtime_default(),
            },
        },
    };
    let istiod = ChartPods {
        kind: "Deployment",
        name: name!(WorkloadName, "istiod"),
        label: (label_key!("app"), name!(WorkloadName, "istiod")),
        account: name!(ServiceAccountName, "istiod"),
        metrics: Some(port!(15_014)),
        webhooks: &[port!(15_017)],
        calls: Calls::ApiServer,
    };
    Chart::new(
        name!(ApplicationName, "istiod"),
        root(),
        published("istiod"),
        version,
        &values,
    )
    .shares([validation()])
    .runs([istiod])
    .counts([Counted {
        name: "istiod",
        replicas: ["/autoscaleMin", "/autoscaleMax"],
        resources: "/resources",
    }])
}

fn container_network(environment: &Environment, mesh: &Mesh, version: &Version) -> Chart {
    let platform = match environment.cluster.provider {
        Provider::Gke(_) => Some(Platform::Gke),
        Provider::Eks(_) | Provider::Aks(_) => None,
    };
    let values = ContainerNetwork {
        global: Hub {
            hub: mesh.hub.clone(),
            platform,
        },
    };
    Chart::new(
        name!(ApplicationName, "istio-cni"),
        root(),
        published("cni"),
        version,
        &values,
    )
}

/// Its proxy comes from the control plane, but what its pods may do comes from here: ports below 1024 without a
/// privilege, as the chart has it by itself, and the system calls that the restricted level wants.
fn gateway(environment: &Environment, version: &Version) -> Chart {
    let values = Gateway {
        autoscaling: Autoscaling {
            min_replicas: 2,
            max_replicas: 10,
        },
        pod_disruption_budget: Budget { max_unavailable: 1 },
        security_context: PodSecurityContext {
            seccomp_profile: Some(runtime_default()),
            sysctls: Some(vec![Sysctl {
                name: "net.ipv4.ip_unprivileged_port_start".to_owned(),
                value: "0".to_owned(),
            }]),
            ..Default::default()
        },
        service: service(environment),
    };
    let proxies = ChartPods {
        kind: "Deployment",
        name: name!(WorkloadName, "istio-ingress"),
        label: (label_key!("istio"), name!(WorkloadName, "ingress")),
        account: name!(ServiceAccountName, "istio-ingress"),
        metrics: Some(port!(15_020)),
        webhooks: &[],
        calls: Calls::ApiServer,
    };
    Chart::new(
        name!(ApplicationName, "istio-ingress"),
        Home::Open(GATEWAY_NAMESPACE),
        published("gateway"),
        version,
        &values,
    )
    .runs([proxies])
}
