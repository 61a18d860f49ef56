//! Who may connect to an application of the fleet, and where it may connect to.

use builders::Identity;
use k8s_openapi::api::networking::v1::{
    IPBlock, NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer,
    NetworkPolicyPort, NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use manifest::Manifest;

use crate::app::Ports;

/// In from the ingress gateway; out to DNS and to the private network.
pub(crate) fn policy(identity: &Identity, ports: &Ports) -> Manifest {
    let ingress = NetworkPolicyIngressRule {
        from: Some(vec![namespace("istio-ingress")]),
        ports: Some(vec![ports.http.policy_port()]),
    };
    let private = NetworkPolicyPeer {
        ip_block: Some(IPBlock {
            cidr: "10.0.0.0/8".to_owned(),
            ..Default::default()
        }),
        ..Default::default()
    };
    let spec = NetworkPolicySpec {
        pod_selector: Some(identity.label_selector()),
        policy_types: Some(vec!["Ingress".to_owned(), "Egress".to_owned()]),
        ingress: Some(vec![ingress]),
        egress: Some(vec![
            NetworkPolicyEgressRule {
                to: Some(vec![namespace("kube-system")]),
                ports: Some(vec![dns("UDP"), dns("TCP")]),
            },
            NetworkPolicyEgressRule {
                to: Some(vec![private]),
                ..Default::default()
            },
        ]),
    };
    let policy = NetworkPolicy {
        metadata: identity.metadata(),
        spec: Some(spec),
    };
    Manifest::namespaced(identity.namespace(), identity.name(), policy)
}

fn namespace(name: &str) -> NetworkPolicyPeer {
    let labels = [("kubernetes.io/metadata.name".to_owned(), name.to_owned())];
    NetworkPolicyPeer {
        namespace_selector: Some(LabelSelector {
            match_labels: Some(labels.into()),
            ..Default::default()
        }),
        ..Default::default()
    }
}

fn dns(protocol: &str) -> NetworkPolicyPort {
    NetworkPolicyPort {
        port: Some(IntOrString::Int(53)),
        protocol: Some(protocol.to_owned()),
        ..Default::default()
    }
}
