//! cert-manager: the controller that gets certificates, its webhook, and what tells the API server of authorities.

use environment::{CloudUser, Environment};
use k8s_openapi::api::core::v1::ResourceRequirements;
use names::{
    ApplicationName, Bytes, Cpu, NamespaceName, Port, ServiceAccountName, WorkloadName, label_key,
    name, port,
};
use serde::Serialize;

use super::chart::{Calls, Chart, ChartPods, Counted, Home, Published};
use super::values::{PAIR, Switch, Texts, sized};
use crate::provider;

/// Where it runs.
pub(super) const NAMESPACE: NamespaceName = NamespaceName::from_static("cert-manager");
/// The chart annotates its pods with it.
const METRICS: Port = port!(9402);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Values {
    crds: Definitions,
    global: Global,
    replica_count: u32,
    pod_disruption_budget: Switch,
    resources: ResourceRequirements,
    service_account: ServiceAccount,
    #[serde(skip_serializing_if = "Texts::is_empty")]
    pod_labels: Texts,
    webhook: Part,
    cainjector: Part,
    startupapicheck: Switch,
}

#[derive(Serialize)]
struct Definitions {
    enabled: bool,
    keep: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Global {
    leader_election: LeaderElection,
}

#[derive(Serialize)]
struct LeaderElection {
    namespace: NamespaceText,
}

#[derive(Serialize)]
struct NamespaceText(String);

#[derive(Serialize)]
struct ServiceAccount {
    annotations: Texts,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    replica_count: u32,
    pod_disruption_budget: Switch,
    resources: ResourceRequirements,
}

/// Two of each part; the definitions stay when the chart goes, or every certificate would go with them.
pub(super) fn chart(environment: &Environment) -> Option<Chart> {
    let settings = environment.addons.cert_manager.as_ref()?;
    let identity = provider::identity(environment, CloudUser::CertManager);
    let part = |replica_count, memory| Part {
        replica_count,
        pod_disruption_budget: Switch::ON,
        resources: sized(Cpu::millis(20), memory),
    };
    let values = Values {
        crds: Definitions {
            enabled: true,
            keep: true,
        },
        global: Global {
            // By itself it would elect in kube-system, where it needs no other right.
            leader_election: LeaderElection {
                namespace: NamespaceText(NAMESPACE.to_string()),
            },
        },
        replica_count: PAIR,
        pod_disruption_budget: Switch::ON,
        resources: sized(Cpu::millis(50), Bytes::mebi(256)),
        service_account: ServiceAccount {
            annotations: identity.annotation_values(),
        },
        pod_labels: identity.pod_label_values(),
        // Three of it, since nothing of its kinds can be written while none answers.
        webhook: part(3, Bytes::mebi(128)),
        cainjector: part(PAIR, Bytes::mebi(256)),
        // A hook of Helm that Argo CD would run at each sync; it waits for health by itself.
        startupapicheck: Switch::OFF,
    };
    let chart = Chart::new(
        name!(ApplicationName, "cert-manager"),
        Home::Restricted(NAMESPACE),
        Published::at("https://charts.jetstack.io", "cert-manager"),
        &settings.version,
        &values,
    );
    Some(
        chart
            .counts([
                Counted::new("cert-manager", "/replicaCount", "/resources"),
                Counted::new(
                    "cert-manager-webhook",
                    "/webhook/replicaCount",
                    "/webhook/resources",
                ),
                Counted::new(
                    "cert-manager-cainjector",
                    "/cainjector/replicaCount",
                    "/cainjector/resources",
                ),
            ])
            .runs(pods()),
    )
}

fn pods() -> [ChartPods; 3] {
    let pods = |name, value, account, webhooks, calls| ChartPods {
        kind: "Deployment",
        name,
        label: (label_key!("app.kubernetes.io/name"), value),
        account,
        metrics: Some(METRICS),
        webhooks,
        calls,
    };
    [
        // Before it asks the authority to look, it asks the DNS servers of the domain whether they have the record.
        pods(
            name!(WorkloadName, "cert-manager"),
            name!(WorkloadName, "cert-manager"),
            name!(ServiceAccountName, "cert-manager"),
            &[],
            Calls::BeyondAndDns,
        ),
        pods(
            name!(WorkloadName, "cert-manager-webhook"),
            name!(WorkloadName, "webhook"),
            name!(ServiceAccountName, "cert-manager-webhook"),
            &[port!(10_250)],
            Calls::ApiServer,
        ),
        pods(
            name!(WorkloadName, "cert-manager-cainjector"),
            name!(WorkloadName, "cainjector"),
            name!(ServiceAccountName, "cert-manager-cainjector"),
            &[],
            Calls::ApiServer,
        ),
    ]
}
