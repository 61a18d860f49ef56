//! External Secrets: the controller that fetches secrets, its webhook, and what keeps the webhook's certificate.

use environment::{CloudUser, Environment};
use k8s_openapi::api::core::v1::ResourceRequirements;
use names::{
    ApplicationName, Bytes, Cpu, NamespaceName, Port, ServiceAccountName, WorkloadName, label_key,
    name, port,
};
use serde::Serialize;

use super::chart::{Calls, Chart, ChartPods, Counted, Home, Published};
use super::values::{OneAvailable, PAIR, Texts, scraped, sized};
use crate::provider;

/// Where it runs.
const NAMESPACE: NamespaceName = NamespaceName::from_static("external-secrets");
const METRICS: Port = port!(8080);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Values {
    #[serde(rename = "installCRDs")]
    install_crds: bool,
    replica_count: u32,
    leader_elect: bool,
    service_account: ServiceAccount,
    #[serde(skip_serializing_if = "Texts::is_empty")]
    pod_labels: Texts,
    pod_annotations: Texts,
    pod_disruption_budget: OneAvailable,
    resources: ResourceRequirements,
    webhook: Part,
    cert_controller: Part,
}

#[derive(Serialize)]
struct ServiceAccount {
    name: &'static str,
    annotations: Texts,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    replica_count: u32,
    pod_disruption_budget: OneAvailable,
    pod_annotations: Texts,
    resources: ResourceRequirements,
}

/// The account of the controller takes on the role that may read the environment's secrets.
pub(super) fn chart(environment: &Environment) -> Chart {
    let identity = provider::identity(environment, CloudUser::ExternalSecrets);
    let part = || Part {
        replica_count: PAIR,
        pod_disruption_budget: OneAvailable::ENABLED,
        pod_annotations: scraped(METRICS),
        resources: sized(Cpu::millis(20), Bytes::mebi(128)),
    };
    let values = Values {
        install_crds: true,
        replica_count: PAIR,
        leader_elect: true,
        service_account: ServiceAccount {
            name: "external-secrets",
            annotations: identity.annotation_values(),
        },
        pod_labels: identity.pod_label_values(),
        pod_annotations: scraped(METRICS),
        pod_disruption_budget: OneAvailable::ENABLED,
        resources: sized(Cpu::millis(50), Bytes::mebi(256)),
        webhook: part(),
        cert_controller: part(),
    };
    Chart::new(
        name!(ApplicationName, "external-secrets"),
        Home::Restricted(NAMESPACE),
        Published::at("https://charts.external-secrets.io", "external-secrets"),
        &environment.addons.external_secrets,
        &values,
    )
    .counts([
        Counted::new("external-secrets", "/replicaCount", "/resources"),
        Counted::new(
            "external-secrets-webhook",
            "/webhook/replicaCount",
            "/webhook/resources",
        ),
        Counted::new(
            "external-secrets-cert-controller",
            "/certController/replicaCount",
            "/certController/resources",
        ),
    ])
    .runs(pods())
}

fn pods() -> [ChartPods; 3] {
    let pods = |name: WorkloadName, account, webhooks, calls| ChartPods {
        kind: "Deployment",
        label: (label_key!("app.kubernetes.io/name"), name.clone()),
        name,
        account,
        metrics: Some(METRICS),
        webhooks,
        calls,
    };
    [
        pods(
            name!(WorkloadName, "external-secrets"),
            name!(ServiceAccountName, "external-secrets"),
            &[],
            Calls::Beyond,
        ),
        pods(
            name!(WorkloadName, "external-secrets-webhook"),
            name!(ServiceAccountName, "external-secrets-webhook"),
            &[port!(10_250)],
            Calls::ApiServer,
        ),
        pods(
            name!(WorkloadName, "external-secrets-cert-controller"),
            name!(ServiceAccountName, "external-secrets-cert-controller"),
            &[],
            Calls::ApiServer,
        ),
    ]
}
