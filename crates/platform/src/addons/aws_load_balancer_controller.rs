//! The controller of AWS load balancers: network load balancers that reach pods without a hop over a node's port.

use environment::{CloudUser, Environment, Provider};
use k8s_openapi::api::core::v1::ResourceRequirements;
use names::{
    ApplicationName, Bytes, Cpu, Port, ServiceAccountName, WorkloadName, label_key, name, port,
};
use serde::Serialize;

use super::KUBE_SYSTEM;
use super::chart::{Calls, Chart, ChartPods, Counted, Home, Published};
use super::values::{PAIR, Texts, sized};
use crate::provider;

/// The chart annotates its pods with it.
const METRICS: Port = port!(8080);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Values {
    cluster_name: String,
    region: String,
    vpc_tags: Texts,
    replica_count: u32,
    pod_disruption_budget: Budget,
    service_account: ServiceAccount,
    create_ingress_class_resource: bool,
    ingress_class_params: Create,
    resources: ResourceRequirements,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Budget {
    max_unavailable: u32,
}

#[derive(Serialize)]
struct ServiceAccount {
    name: &'static str,
    annotations: Texts,
}

#[derive(Serialize)]
struct Create {
    create: bool,
}

/// Two of them; Ingresses are served by NGINX, so that its own class is left out.
pub(super) fn chart(environment: &Environment) -> Option<Chart> {
    let version = environment.addons.aws_load_balancer_controller.as_ref()?;
    let Provider::Eks(eks) = &environment.cluster.provider else {
        return None;
    };
    let identity = provider::identity(environment, CloudUser::LoadBalancerController);
    let values = Values {
        cluster_name: environment.cluster.name.to_string(),
        region: eks.region.value.clone(),
        // The network is made by Cluster API, which tags it; its identifier is known only afterwards.
        vpc_tags: Texts::from([(
            format!(
                "sigs.k8s.io/cluster-api-provider-aws/cluster/{}",
                environment.cluster.name
            ),
            "owned".to_owned(),
        )]),
        replica_count: PAIR,
        pod_disruption_budget: Budget { max_unavailable: 1 },
        service_account: ServiceAccount {
            name: "aws-load-balancer-controller",
            annotations: identity.annotation_values(),
        },
        create_ingress_class_resource: false,
        ingress_class_params: Create { create: false },
        resources: sized(Cpu::millis(100), Bytes::mebi(256)),
    };
    let pods = ChartPods {
        kind: "Deployment",
        name: name!(WorkloadName, "aws-load-balancer-controller"),
        label: (
            label_key!("app.kubernetes.io/name"),
            name!(WorkloadName, "aws-load-balancer-controller"),
        ),
        account: name!(ServiceAccountName, "aws-load-balancer-controller"),
        metrics: Some(METRICS),
        webhooks: &[port!(9443)],
        calls: Calls::Beyond,
    };
    let chart = Chart::new(
        name!(ApplicationName, "aws-load-balancer-controller"),
        Home::Existing(KUBE_SYSTEM),
        Published::at(
            "https://aws.github.io/eks-charts",
            "aws-load-balancer-controller",
        ),
        version,
        &values,
    );
    Some(
        chart
            .counts([Counted::new(
                "aws-load-balancer-controller",
                "/replicaCount",
                "/resources",
            )])
            .runs([pods]),
    )
}
