//! A load balancer of the provider in front of a service: it ends TLS and goes straight to the pods.

use builders::{Peer, Service};
use environment::{Eks, ExternalTraffic, LoadBalancer, Provider, Reach};
use manifest::{Exception, Manifest};
use names::{
    AnnotationKey, Cidr, Duration, ObjectName, ServiceName, WorkloadName, annotation_key, name,
    port,
};

use super::Plan;

/// The class that the AWS Load Balancer Controller takes care of; without one a controller inside the API server's own
/// cloud provider would make a load balancer of an older kind.
const NETWORK_LOAD_BALANCER: &str = "service.k8s.aws/nlb";

/// How long a network load balancer may still send new connections to a pod that is going: its targets are told in
/// the order of a minute.
pub(super) const DEREGISTRATION: Duration = Duration::minutes(1);

/// The name of the Service that leads from the outside to a workload.
pub(crate) fn public_name(workload: &WorkloadName) -> ServiceName {
    workload.with_suffix("-public")
}

/// The Service that the provider's controller makes a load balancer of.
pub(super) fn service(plan: &Plan<'_>, settings: &LoadBalancer) -> Manifest {
    let name = public_name(plan.identity.name());
    let service = Service::new(&plan.identity, &name, port!(443), &plan.http)
        .app_protocol("http")
        .sticky(settings.affinity.value.as_seconds_i32());
    let service = match &plan.environment.cluster.provider {
        Provider::Eks(_) => annotations(plan, settings).into_iter().fold(
            service.load_balancer(Some(NETWORK_LOAD_BALANCER)),
            |service, (key, value)| service.annotation(&key, value),
        ),
        Provider::Gke(_) | Provider::Aks(_) => service.load_balancer(None),
    };
    // To proxies this would be a port 443 that speaks HTTP without TLS, on every address: they must not see it.
    let manifest = service
        .annotation(&annotation_key!("networking.istio.io/exportTo"), "~")
        // The builder has no words for what only load balancers have.
        .patch(|spec| {
            spec.load_balancer_source_ranges =
                Some(settings.sources.iter().map(ToString::to_string).collect());
            spec.external_traffic_policy = Some(
                match settings.external_traffic {
                    ExternalTraffic::Local => "Local",
                    ExternalTraffic::Cluster => "Cluster",
                }
                .to_owned(),
            );
            // The load balancer knows the pods' own addresses, so that no port of the nodes has to be open.
            spec.allocate_load_balancer_node_ports = Some(false);
        })
        .manifest();
    if is_public(plan, settings) {
        manifest.excuse(MEANT)
    } else {
        manifest
    }
}

/// Why a service may be reached beside the gateway.
const MEANT: Exception = Exception {
    code: "NET009",
    reason: "the environment asks for a load balancer of the internet that ends TLS and goes straight to these pods",
    until: None,
};

/// Whether everybody may reach the load balancer.
fn is_public(plan: &Plan<'_>, settings: &LoadBalancer) -> bool {
    let is_eks = matches!(plan.environment.cluster.provider, Provider::Eks(_));
    let is_facing = settings.reach == Reach::Internet || !is_eks;
    is_facing && (settings.sources.is_empty() || settings.sources.contains(&Cidr::ANY_V4))
}

/// What the AWS Load Balancer Controller is told (its own guide to annotations of Services, 3.5).
///
/// A listener that ends TLS keeps no client on its target: that is a fact of network load balancers, so the affinity of
/// the Service holds for connections inside the cluster, and what must survive a change of pods belongs into a cookie.
fn annotations(plan: &Plan<'_>, settings: &LoadBalancer) -> Vec<(AnnotationKey, String)> {
    let ready = &plan.settings.health.ready.path;
    let scheme = match settings.reach {
        Reach::Internet => "internet-facing",
        Reach::Internal => "internal",
    };
    let target_group = format!(
        "deregistration_delay.timeout_seconds={},preserve_client_ip.enabled=false",
        DEREGISTRATION.as_seconds()
    );
    [
        (
            annotation_key!("service.beta.kubernetes.io/aws-load-balancer-scheme"),
            scheme.to_owned(),
        ),
        (
            annotation_key!("service.beta.kubernetes.io/aws-load-balancer-nlb-target-type"),
            "ip".to_owned(),
        ),
        (
            annotation_key!("service.beta.kubernetes.io/aws-load-balancer-ssl-cert"),
            settings.certificate.value.to_string(),
        ),
        (
            annotation_key!("service.beta.kubernetes.io/aws-load-balancer-ssl-ports"),
            "443".to_owned(),
        ),
        (
            annotation_key!("service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy"),
            settings.tls_policy.clone(),
        ),
        (
            annotation_key!("service.beta.kubernetes.io/aws-load-balancer-backend-protocol"),
            "tcp".to_owned(),
        ),
        (
            annotation_key!("service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol"),
            "http".to_owned(),
        ),
        (
            annotation_key!("service.beta.kubernetes.io/aws-load-balancer-healthcheck-port"),
            "traffic-port".to_owned(),
        ),
        (
            annotation_key!("service.beta.kubernetes.io/aws-load-balancer-healthcheck-path"),
            ready.to_string(),
        ),
        (
            annotation_key!("service.beta.kubernetes.io/aws-load-balancer-attributes"),
            "load_balancing.cross_zone.enabled=true".to_owned(),
        ),
        (
            annotation_key!("service.beta.kubernetes.io/aws-load-balancer-target-group-attributes"),
            target_group,
        ),
    ]
    .into()
}

/// Where connections and health checks of the load balancer come from: its own addresses, in the subnets that it stands
/// in, since it does not keep those of the clients.
pub(super) fn peer(plan: &Plan<'_>, settings: &LoadBalancer) -> Peer {
    let blocks = match &plan.environment.cluster.provider {
        Provider::Eks(eks) => subnets(eks, settings.reach),
        Provider::Gke(_) | Provider::Aks(_) => settings.sources.clone(),
    };
    Peer::Addresses {
        name: name!(ObjectName, "load-balancer"),
        blocks,
        except: Vec::new(),
    }
}

fn subnets(eks: &Eks, reach: Reach) -> Vec<Cidr> {
    let subnets = match reach {
        Reach::Internet => &eks.vpc.public,
        Reach::Internal => &eks.vpc.private,
    };
    subnets.values().map(|subnet| subnet.value).collect()
}
