//! Argo Rollouts: the controller of canaries and blue-green deployments.

use environment::Environment;
use k8s_openapi::api::core::v1::ResourceRequirements;
use names::{
    ApplicationName, Bytes, Cpu, NamespaceName, Port, ServiceAccountName, WorkloadName, label_key,
    name, port,
};
use serde::Serialize;

use super::chart::{Calls, Chart, ChartPods, Counted, Home, Published};
use super::values::{OneUnavailable, PAIR, Texts, scraped, sized};

const METRICS: Port = port!(8090);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Values {
    #[serde(rename = "installCRDs")]
    install_crds: bool,
    controller: Controller,
    #[serde(rename = "providerRBAC")]
    provider_rbac: ProviderRbac,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Controller {
    replicas: u32,
    pdb: OneUnavailable,
    pod_annotations: Texts,
    resources: ResourceRequirements,
}

#[derive(Serialize)]
struct ProviderRbac {
    enabled: bool,
    providers: Providers,
}

/// Whose objects the controller may change. The chart allows all of them by itself.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the chart has one switch for each of them"
)]
struct Providers {
    istio: bool,
    smi: bool,
    ambassador: bool,
    aws_load_balancer_controller: bool,
    aws_app_mesh: bool,
    traefik: bool,
    apisix: bool,
    contour: bool,
    gloo_platform: bool,
    #[serde(rename = "gatewayAPI")]
    gateway_api: bool,
}

impl Providers {
    const fn only_istio(istio: bool) -> Self {
        Self {
            istio,
            smi: false,
            ambassador: false,
            aws_load_balancer_controller: false,
            aws_app_mesh: false,
            traefik: false,
            apisix: false,
            contour: false,
            gloo_platform: false,
            gateway_api: false,
        }
    }
}

/// Two controllers, one of which leads.
pub(super) fn chart(environment: &Environment) -> Option<Chart> {
    let version = environment.addons.argo_rollouts.as_ref()?;
    let values = Values {
        install_crds: true,
        controller: Controller {
            replicas: PAIR,
            pdb: OneUnavailable::ENABLED,
            pod_annotations: scraped(METRICS),
            resources: sized(Cpu::millis(100), Bytes::mebi(256)),
        },
        provider_rbac: ProviderRbac {
            enabled: true,
            providers: Providers::only_istio(environment.mesh.is_some()),
        },
    };
    let controller = ChartPods {
        kind: "Deployment",
        name: name!(WorkloadName, "argo-rollouts"),
        label: (
            label_key!("app.kubernetes.io/name"),
            name!(WorkloadName, "argo-rollouts"),
        ),
        account: name!(ServiceAccountName, "argo-rollouts"),
        metrics: Some(METRICS),
        webhooks: &[],
        calls: Calls::ApiServer,
    };
    let chart = Chart::new(
        name!(ApplicationName, "argo-rollouts"),
        Home::Restricted(name!(NamespaceName, "argo-rollouts")),
        Published::at("https://argoproj.github.io/argo-helm", "argo-rollouts"),
        version,
        &values,
    );
    Some(
        chart
            .counts([Counted::new(
                "argo-rollouts",
                "/controller/replicas",
                "/controller/resources",
            )])
            .runs([controller]),
    )
}
