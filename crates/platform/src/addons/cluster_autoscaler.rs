//! The autoscaler of node groups, where the provider does not run its own.

use std::collections::BTreeMap;

use environment::{CloudUser, Environment, Provider};
use k8s_openapi::api::core::v1::{PodSecurityContext, ResourceRequirements, SecurityContext};
use names::{
    ApplicationName, Bytes, Cpu, Port, ServiceAccountName, WorkloadName, label_key, name, port,
};
use serde::Serialize;

use super::KUBE_SYSTEM;
use super::chart::{Calls, Chart, ChartPods, Counted, Home, Published};
use super::values::{PAIR, Texts, restricted_container, restricted_pod, scraped, sized};
use crate::provider;

const METRICS: Port = port!(8085);
/// `nobody`: the image runs as root by itself and has no need to.
const USER: i64 = 65_534;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Values {
    fullname_override: &'static str,
    cloud_provider: CloudProvider,
    aws_region: String,
    /// Node groups are found by the tags `k8s.io/cluster-autoscaler/enabled` and `k8s.io/cluster-autoscaler/<cluster>`.
    auto_discovery: Discovery,
    image: Image,
    replica_count: u32,
    rbac: Rbac,
    pod_annotations: Texts,
    extra_args: BTreeMap<&'static str, String>,
    resources: ResourceRequirements,
    security_context: PodSecurityContext,
    container_security_context: SecurityContext,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum CloudProvider {
    Aws,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Discovery {
    cluster_name: String,
}

#[derive(Serialize)]
struct Image {
    repository: String,
    tag: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rbac {
    service_account: ServiceAccount,
}

#[derive(Serialize)]
struct ServiceAccount {
    name: &'static str,
    annotations: Texts,
}

/// Nodes are added when pods find no place: the program has no use at which it would add one sooner. Room before it is
/// needed is what over-provisioning is for, by placeholder pods that give way.
pub(super) fn chart(environment: &Environment) -> Option<Chart> {
    let settings = environment.addons.cluster_autoscaler.as_ref()?;
    let Provider::Eks(eks) = &environment.cluster.provider else {
        return None;
    };
    let identity = provider::identity(environment, CloudUser::ClusterAutoscaler);
    let (repository, tag) = settings
        .image
        .as_str()
        .rsplit_once(':')
        .unwrap_or((settings.image.as_str(), ""));
    let values = Values {
        fullname_override: "cluster-autoscaler",
        cloud_provider: CloudProvider::Aws,
        aws_region: eks.region.value.clone(),
        auto_discovery: Discovery {
            cluster_name: environment.cluster.name.to_string(),
        },
        image: Image {
            repository: repository.to_owned(),
            tag: tag.to_owned(),
        },
        replica_count: PAIR,
        rbac: Rbac {
            service_account: ServiceAccount {
                name: "cluster-autoscaler",
                annotations: identity.annotation_values(),
            },
        },
        pod_annotations: scraped(METRICS),
        extra_args: arguments(environment, settings),
        // Keeps every pod and node in memory; the figure holds for some hundred nodes.
        resources: sized(Cpu::millis(100), Bytes::mebi(600)),
        security_context: restricted_pod(Some(USER)),
        container_security_context: restricted_container(),
    };
    let pods = ChartPods {
        kind: "Deployment",
        name: name!(WorkloadName, "cluster-autoscaler"),
        label: (
            label_key!("app.kubernetes.io/name"),
            name!(WorkloadName, "aws-cluster-autoscaler"),
        ),
        account: name!(ServiceAccountName, "cluster-autoscaler"),
        metrics: Some(METRICS),
        webhooks: &[],
        calls: Calls::Beyond,
    };
    let chart = Chart::new(
        name!(ApplicationName, "cluster-autoscaler"),
        Home::Existing(KUBE_SYSTEM),
        Published::at(
            "https://kubernetes.github.io/autoscaler",
            "cluster-autoscaler",
        ),
        &settings.version,
        &values,
    );
    Some(
        chart
            .counts([Counted::new(
                "cluster-autoscaler",
                "/replicaCount",
                "/resources",
            )])
            .runs([pods]),
    )
}

fn arguments(
    environment: &Environment,
    settings: &environment::ClusterAutoscaler,
) -> BTreeMap<&'static str, String> {
    let clients = &environment.api_clients;
    let expanders: Vec<&str> = settings
        .expanders
        .iter()
        .map(|expander| expander.as_str())
        .collect();
    let share = f64::from(settings.scale_down_below.get()) / 100.0;
    let cool_down = settings.cool_down.to_string();
    BTreeMap::from([
        ("balance-similar-node-groups", "true".to_owned()),
        ("expander", expanders.join(",")),
        ("scale-down-utilization-threshold", share.to_string()),
        ("scale-down-delay-after-add", cool_down.clone()),
        ("scale-down-unneeded-time", cool_down),
        // Nearly every pod has an empty directory, for a root file system that it cannot write to.
        ("skip-nodes-with-local-storage", "false".to_owned()),
        ("logtostderr", "true".to_owned()),
        ("stderrthreshold", "info".to_owned()),
        ("v", "4".to_owned()),
        ("kube-client-qps", clients.qps.to_string()),
        ("kube-client-burst", clients.burst.to_string()),
    ])
}
