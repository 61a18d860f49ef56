//! external-dns: the records by which hosts of Services and Ingresses are found.

use environment::{CloudUser, Environment, Provider};
use k8s_openapi::api::core::v1::ResourceRequirements;
use names::{
    ApplicationName, Bytes, Cpu, NamespaceName, Port, ServiceAccountName, WorkloadName, label_key,
    name, port,
};
use serde::Serialize;

use super::chart::{Calls, Chart, ChartPods, Counted, Home, Published};
use super::values::{Texts, scraped, sized};
use crate::provider;

const METRICS: Port = port!(7979);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Values {
    provider: CloudProvider,
    sources: Vec<Source>,
    policy: &'static str,
    registry: Registry,
    txt_owner_id: String,
    domain_filters: Vec<String>,
    service_account: ServiceAccount,
    #[serde(skip_serializing_if = "Texts::is_empty")]
    pod_labels: Texts,
    pod_annotations: Texts,
    extra_args: Vec<String>,
    resources: ResourceRequirements,
}

#[derive(Serialize)]
struct CloudProvider {
    name: Cloud,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Cloud {
    Aws,
    Google,
    Azure,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum Source {
    Service,
    Ingress,
    IstioGateway,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Registry {
    Txt,
}

#[derive(Serialize)]
struct ServiceAccount {
    name: &'static str,
    annotations: Texts,
}

/// One of it, since it has no leader election. It marks the records that are its own with the name of the cluster, so that
/// no two clusters fight for one.
pub(super) fn chart(environment: &Environment) -> Option<Chart> {
    let settings = environment.addons.external_dns.as_ref()?;
    let identity = provider::identity(environment, CloudUser::ExternalDns);
    let mesh = environment.mesh.as_ref().map(|_| Source::IstioGateway);
    let (cloud, extra_args) = match &environment.cluster.provider {
        Provider::Eks(_) => (Cloud::Aws, Vec::new()),
        Provider::Gke(gke) => (
            Cloud::Google,
            vec![format!("--google-project={}", gke.project.value)],
        ),
        Provider::Aks(aks) => (
            Cloud::Azure,
            vec![
                format!("--azure-resource-group={}", aks.resource_group),
                format!("--azure-subscription-id={}", aks.subscription),
            ],
        ),
    };
    let values = Values {
        provider: CloudProvider { name: cloud },
        sources: [Source::Service, Source::Ingress]
            .into_iter()
            .chain(mesh)
            .collect(),
        policy: settings.policy.as_str(),
        registry: Registry::Txt,
        txt_owner_id: environment.cluster.name.to_string(),
        domain_filters: settings.domains.iter().map(ToString::to_string).collect(),
        service_account: ServiceAccount {
            name: "external-dns",
            annotations: identity.annotation_values(),
        },
        pod_labels: identity.pod_label_values(),
        pod_annotations: scraped(METRICS),
        extra_args,
        resources: sized(Cpu::millis(20), Bytes::mebi(128)),
    };
    let pods = ChartPods {
        kind: "Deployment",
        name: name!(WorkloadName, "external-dns"),
        label: (
            label_key!("app.kubernetes.io/name"),
            name!(WorkloadName, "external-dns"),
        ),
        account: name!(ServiceAccountName, "external-dns"),
        metrics: Some(METRICS),
        webhooks: &[],
        calls: Calls::Beyond,
    };
    let chart = Chart::new(
        name!(ApplicationName, "external-dns"),
        Home::Restricted(name!(NamespaceName, "external-dns")),
        Published::at(
            "https://kubernetes-sigs.github.io/external-dns/",
            "external-dns",
        ),
        &settings.version,
        &values,
    );
    Some(
        chart
            .counts([Counted::new("external-dns", "", "/resources")])
            .runs([pods]),
    )
}
