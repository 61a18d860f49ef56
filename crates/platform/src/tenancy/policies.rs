//! The network policies that every namespace starts with: nothing is allowed but DNS and the mesh's control plane.

use k8s_openapi::api::networking::v1 as networking;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use manifest::Manifest;
use names::{NamespaceName, ObjectName, name};

/// Selects by one label.
pub(super) fn labelled(key: &str, value: &str) -> LabelSelector {
    LabelSelector {
        match_labels: Some([(key.to_owned(), value.to_owned())].into()),
        ..Default::default()
    }
}

/// One port.
pub(super) fn port(protocol: &str, number: i32) -> networking::NetworkPolicyPort {
    networking::NetworkPolicyPort {
        protocol: Some(protocol.to_owned()),
        port: Some(IntOrString::Int(number)),
        ..Default::default()
    }
}

fn egress(
    to: networking::NetworkPolicyPeer,
    ports: Vec<networking::NetworkPolicyPort>,
) -> networking::NetworkPolicy {
    networking::NetworkPolicy {
        spec: Some(networking::NetworkPolicySpec {
            pod_selector: Some(LabelSelector::default()),
            policy_types: Some(vec!["Egress".to_owned()]),
            egress: Some(vec![networking::NetworkPolicyEgressRule {
                to: Some(vec![to]),
                ports: Some(ports),
            }]),
            ingress: None,
        }),
        ..Default::default()
    }
}

/// Denies all traffic of all pods, in and out, until another policy allows it.
pub(super) fn default_deny(namespace: &NamespaceName) -> Manifest {
    let policy = networking::NetworkPolicy {
        spec: Some(networking::NetworkPolicySpec {
            pod_selector: Some(LabelSelector::default()),
            policy_types: Some(vec!["Ingress".to_owned(), "Egress".to_owned()]),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::namespaced(namespace, name!(ObjectName, "default-deny-all"), policy)
}

/// Lets all pods ask the cluster's DNS, without which no name of an allowed peer would resolve.
pub(super) fn allow_dns(namespace: &NamespaceName) -> Manifest {
    let dns = networking::NetworkPolicyPeer {
        namespace_selector: Some(labelled("kubernetes.io/metadata.name", "kube-system")),
        pod_selector: Some(labelled("k8s-app", "kube-dns")),
        ..Default::default()
    };
    let policy = egress(dns, vec![port("UDP", 53), port("TCP", 53)]);
    Manifest::namespaced(namespace, name!(ObjectName, "allow-dns"), policy)
}

/// Lets all proxies reach the mesh's control plane for certificates and configuration.
pub(super) fn allow_mesh(namespace: &NamespaceName) -> Manifest {
    let control_plane = networking::NetworkPolicyPeer {
        namespace_selector: Some(labelled("kubernetes.io/metadata.name", "istio-system")),
        pod_selector: Some(labelled("app", "istiod")),
        ..Default::default()
    };
    let policy = egress(control_plane, vec![port("TCP", 15_012)]);
    Manifest::namespaced(
        namespace,
        name!(ObjectName, "allow-mesh-control-plane"),
        policy,
    )
}
