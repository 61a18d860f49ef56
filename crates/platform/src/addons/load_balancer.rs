//! The Service by which a gateway is reached from outside, as the charts of gateways take it.

use environment::{Environment, Provider};
use serde::Serialize;

use super::values::Texts;

/// The part of a gateway's values that makes its Service.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Service {
    r#type: Kind,
    external_traffic_policy: TrafficPolicy,
    #[serde(skip_serializing_if = "Texts::is_empty")]
    annotations: Texts,
}

#[derive(Serialize)]
enum Kind {
    LoadBalancer,
}

#[derive(Serialize)]
enum TrafficPolicy {
    /// Only to pods of the node that a packet came to, so that the address of the client is kept.
    Local,
}

/// A load balancer of the network, not of HTTP: the gateway ends TLS.
pub(super) fn service(environment: &Environment) -> Service {
    Service {
        r#type: Kind::LoadBalancer,
        external_traffic_policy: TrafficPolicy::Local,
        annotations: annotations(environment),
    }
}

/// GKE and AKS make a load balancer of the network by themselves; AWS has to be asked.
fn annotations(environment: &Environment) -> Texts {
    match environment.cluster.provider {
        Provider::Gke(_) | Provider::Aks(_) => Texts::new(),
        Provider::Eks(_) if environment.addons.aws_load_balancer_controller.is_some() => texts(&[
            ("type", "external"),
            ("nlb-target-type", "ip"),
            // Targets by address would otherwise see the load balancer's own in place of the client's.
            ("target-group-attributes", "preserve_client_ip.enabled=true"),
            // Without it only the network of the cluster would reach the address.
            ("scheme", "internet-facing"),
        ]),
        Provider::Eks(_) => texts(&[("type", "nlb")]),
    }
}

fn texts(entries: &[(&str, &str)]) -> Texts {
    entries
        .iter()
        .map(|(key, value)| {
            (
                format!("service.beta.kubernetes.io/aws-load-balancer-{key}"),
                (*value).to_owned(),
            )
        })
        .collect()
}
