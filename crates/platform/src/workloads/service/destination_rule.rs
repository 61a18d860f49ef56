//! How callers in the mesh connect to a service: mutual TLS, bounds, circuit breaking, and the subsets of a canary.

use api::networking_istio_io::v1 as istio;
use environment::{Ejection, Resilience};
use manifest::Manifest;
use names::{Duration, ObjectName};

use super::Plan;
use super::traffic::{CANARY, STABLE, is_canary};

/// The time that a connection to a pod may take; a pod that lives answers within the network's time.
const CONNECT: Duration = Duration::seconds(2);

pub(super) fn name(plan: &Plan<'_>) -> ObjectName {
    plan.identity.name().with_suffix("-dr")
}

/// The destination rule of the service behind `host`.
pub(super) fn destination_rule(plan: &Plan<'_>, host: String) -> Manifest {
    let subset = |name: &str| istio::DestinationRuleSubset {
        name: name.to_owned(),
        // The rollout adds the label that tells the versions apart.
        labels: Some(plan.identity.selector().clone()),
        ..Default::default()
    };
    let rule = istio::DestinationRule {
        metadata: plan.identity.metadata(),
        spec: Some(istio::DestinationRuleSpec {
            host,
            subsets: is_canary(plan).then(|| vec![subset(STABLE), subset(CANARY)]),
            traffic_policy: Some(traffic_policy(&plan.resilience)),
            ..Default::default()
        }),
    };
    Manifest::namespaced(plan.namespace(), name(plan), rule)
}

fn count(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// Mutual TLS, a bound for what may queue up, and pods that fail are left alone for a while.
fn traffic_policy(resilience: &Resilience) -> istio::DestinationRuleTrafficPolicy {
    istio::DestinationRuleTrafficPolicy {
        tls: Some(istio::DestinationRuleTrafficPolicyTls {
            mode: Some(istio::DestinationRuleTrafficPolicyTlsMode::IstioMutual),
            ..Default::default()
        }),
        connection_pool: Some(istio::DestinationRuleTrafficPolicyConnectionPool {
            tcp: Some(istio::SidecarInboundConnectionPoolTcp {
                max_connections: resilience.connections.map(count),
                connect_timeout: Some(CONNECT.to_string()),
                ..Default::default()
            }),
            http: Some(istio::SidecarInboundConnectionPoolHttp {
                http1_max_pending_requests: resilience.pending.map(count),
                http2_max_requests: resilience.connections.map(count),
                max_retries: resilience.pending_retries.map(count),
                ..Default::default()
            }),
        }),
        outlier_detection: resilience.ejection.as_ref().map(outlier_detection),
        load_balancer: resilience.same_zone.map(zones),
        ..Default::default()
    }
}

fn outlier_detection(ejection: &Ejection) -> istio::DestinationRuleTrafficPolicyOutlierDetection {
    istio::DestinationRuleTrafficPolicyOutlierDetection {
        consecutive5xx_errors: Some(ejection.errors.into()),
        interval: Some(ejection.interval.to_string()),
        base_ejection_time: Some(ejection.time.to_string()),
        max_ejection_percent: Some(ejection.share.into()),
        ..Default::default()
    }
}

/// The order in which pods are taken: those of the caller's zone while they are well, then the others of its region.
fn zones(same_zone: bool) -> istio::DestinationRuleTrafficPolicyLoadBalancer {
    const PRIORITY: [&str; 2] = [
        "topology.kubernetes.io/region",
        "topology.kubernetes.io/zone",
    ];
    istio::DestinationRuleTrafficPolicyLoadBalancer {
        locality_lb_setting: Some(istio::DestinationRuleLoadBalancerLocalityLbSetting {
            enabled: Some(same_zone),
            failover_priority: same_zone.then(|| PRIORITY.map(str::to_owned).into()),
            ..Default::default()
        }),
        ..Default::default()
    }
}
