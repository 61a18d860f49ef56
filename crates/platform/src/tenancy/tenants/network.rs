//! Who may talk to a tenant's pods, and to whom they may: each other, DNS, and Prometheus asks them.

use builders::{Endpoint, Flow, Labels, NamedPort, Peer};
use environment::TenantPlan;
use k8s_openapi::api::networking::v1 as networking;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use manifest::Manifest;
use names::{ObjectName, Port, PortName, name};

use crate::observability::PrometheusHandles;
use crate::tenancy::policies::{allow_dns, default_deny, labelled, port};

/// The policies of one namespace.
pub(super) fn policies(
    plan: &TenantPlan<'_>,
    prometheus: &PrometheusHandles,
    metrics: Port,
) -> Vec<Manifest> {
    [
        default_deny(&plan.namespace),
        allow_dns(&plan.namespace),
        allow_same_namespace(plan),
    ]
    .into_iter()
    .chain(allow_metrics(plan, prometheus, metrics))
    .collect()
}

/// Prometheus' end of what `allow_metrics` is the tenant's end of.
pub(super) fn scrape(plan: &TenantPlan<'_>, prometheus: &PrometheusHandles, metrics: Port) -> Flow {
    let peer = Peer::Pods {
        name: plan.namespace.clone().into(),
        namespace: plan.namespace.clone(),
        labels: Labels::new(),
        account: None,
    };
    let port = NamedPort::tcp(name!(PortName, "http-metrics"), metrics);
    Flow::new(&prometheus.peer, &Endpoint { peer, port })
}

fn every_port() -> Vec<networking::NetworkPolicyPort> {
    ["TCP", "UDP"]
        .map(|protocol| networking::NetworkPolicyPort {
            end_port: Some(65_535),
            ..port(protocol, 1)
        })
        .into()
}

fn of_every_pod(spec: networking::NetworkPolicySpec) -> networking::NetworkPolicy {
    networking::NetworkPolicy {
        spec: Some(networking::NetworkPolicySpec {
            pod_selector: Some(LabelSelector::default()),
            ..spec
        }),
        ..Default::default()
    }
}

/// A tenant's pods may talk to each other on any port: who is inside decides what is between them.
fn allow_same_namespace(plan: &TenantPlan<'_>) -> Manifest {
    let inside = vec![networking::NetworkPolicyPeer {
        pod_selector: Some(LabelSelector::default()),
        ..Default::default()
    }];
    let policy = of_every_pod(networking::NetworkPolicySpec {
        policy_types: Some(vec!["Ingress".to_owned(), "Egress".to_owned()]),
        ingress: Some(vec![networking::NetworkPolicyIngressRule {
            from: Some(inside.clone()),
            ports: Some(every_port()),
        }]),
        egress: Some(vec![networking::NetworkPolicyEgressRule {
            to: Some(inside),
            ports: Some(every_port()),
        }]),
        ..Default::default()
    });
    Manifest::namespaced(
        &plan.namespace,
        name!(ObjectName, "allow-same-namespace"),
        policy,
    )
}

/// Lets Prometheus ask every pod on the one port that metrics are served on.
fn allow_metrics(
    plan: &TenantPlan<'_>,
    prometheus: &PrometheusHandles,
    metrics: Port,
) -> Option<Manifest> {
    let Peer::Workload { identity, .. } = &prometheus.peer else {
        return None;
    };
    let from = networking::NetworkPolicyPeer {
        namespace_selector: Some(labelled(
            "kubernetes.io/metadata.name",
            identity.namespace().as_str(),
        )),
        pod_selector: Some(identity.label_selector()),
        ..Default::default()
    };
    let policy = of_every_pod(networking::NetworkPolicySpec {
        policy_types: Some(vec!["Ingress".to_owned()]),
        ingress: Some(vec![networking::NetworkPolicyIngressRule {
            from: Some(vec![from]),
            ports: Some(vec![port("TCP", metrics.into())]),
        }]),
        ..Default::default()
    });
    Some(Manifest::namespaced(
        &plan.namespace,
        name!(ObjectName, "allow-metrics"),
        policy,
    ))
}
