//! How traffic finds a service: its Services, and where it is in the mesh, its virtual service and destination rule.

use api::networking_istio_io::v1 as istio;
use builders::{Service, ServiceRef};
use environment::{Exposure, Strategy};
use manifest::{IgnoreDifference, Manifest};
use names::{Duration, ObjectName, ServiceName};

use super::Plan;
use crate::mesh::MeshHandles;

/// The pods of the version that is known to be good.
pub(super) const STABLE: &str = "stable";
/// The pods of the version that is being tried.
pub(super) const CANARY: &str = "canary";
/// The route whose weights the rollout moves.
pub(super) const PRIMARY_ROUTE: &str = "primary";

/// Istio's word for all proxies inside the mesh, where a gateway is named.
const MESH_GATEWAY: &str = "mesh";

/// The Services of one service: the one that callers use, and two more where a strategy tells versions apart.
pub(super) struct Services {
    main: Service,
    others: Vec<Service>,
}

impl Services {
    pub(super) fn main(&self) -> ServiceRef {
        self.main.handle()
    }

    pub(super) fn other(&self, index: usize) -> ServiceRef {
        self.others
            .get(index)
            .map_or_else(|| self.main(), Service::handle)
    }

    pub(super) fn into_manifests(self) -> Vec<Manifest> {
        std::iter::once(self.main)
            .chain(self.others)
            .map(Service::manifest)
            .collect()
    }
}

fn service(plan: &Plan<'_>, suffix: &'static str) -> Service {
    let name: ServiceName = plan.identity.name().with_suffix(suffix);
    Service::new(&plan.identity, &name, plan.settings.port, &plan.http).app_protocol("http")
}

/// The Services that the strategy needs.
pub(super) fn services(plan: &Plan<'_>) -> Services {
    let others: &[&'static str] = match plan.settings.rollout.value {
        Strategy::Rolling => &[],
        Strategy::Canary => &["-canary", "-stable"],
        Strategy::BlueGreen => &["-preview"],
    };
    Services {
        main: service(plan, ""),
        others: others.iter().map(|suffix| service(plan, suffix)).collect(),
    }
}

pub(super) fn virtual_service_name(plan: &Plan<'_>) -> ObjectName {
    plan.identity.name().with_suffix("-vs")
}

pub(super) fn destination_rule_name(plan: &Plan<'_>) -> ObjectName {
    plan.identity.name().with_suffix("-dr")
}

/// The virtual service and the destination rule of a service in the mesh.
pub(super) fn mesh_objects(
    plan: &Plan<'_>,
    services: &Services,
    mesh: &MeshHandles,
) -> Vec<Manifest> {
    if !plan.meshed {
        return Vec::new();
    }
    let host = services.main().host();
    vec![
        destination_rule(plan, host.clone()),
        virtual_service(plan, &host, mesh),
    ]
}

fn is_canary(plan: &Plan<'_>) -> bool {
    plan.settings.rollout.value == Strategy::Canary
}

fn destination_rule(plan: &Plan<'_>, host: String) -> Manifest {
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
            traffic_policy: Some(traffic_policy()),
            ..Default::default()
        }),
    };
    Manifest::namespaced(plan.namespace(), destination_rule_name(plan), rule)
}

/// Mutual TLS, a bound for what may queue up, and pods that fail are left alone for a while.
fn traffic_policy() -> istio::DestinationRuleTrafficPolicy {
    istio::DestinationRuleTrafficPolicy {
        tls: Some(istio::DestinationRuleTrafficPolicyTls {
            mode: Some(istio::DestinationRuleTrafficPolicyTlsMode::IstioMutual),
            ..Default::default()
        }),
        connection_pool: Some(istio::DestinationRuleTrafficPolicyConnectionPool {
            tcp: Some(istio::SidecarInboundConnectionPoolTcp {
                max_connections: Some(1_000),
                connect_timeout: Some(Duration::seconds(2).to_string()),
                ..Default::default()
            }),
            http: Some(istio::SidecarInboundConnectionPoolHttp {
                http1_max_pending_requests: Some(256),
                http2_max_requests: Some(1_000),
                max_retries: Some(16),
                ..Default::default()
            }),
        }),
        outlier_detection: Some(istio::DestinationRuleTrafficPolicyOutlierDetection {
            consecutive5xx_errors: Some(5),
            interval: Some(Duration::seconds(10).to_string()),
            base_ejection_time: Some(Duration::seconds(30).to_string()),
            max_ejection_percent: Some(50),
            ..Default::default()
        }),
        ..Default::default()
    }
}

/// What holds for a service that says nothing about how it is exposed.
const DEFAULT_TIMEOUT: Duration = Duration::seconds(15);
const DEFAULT_RETRIES: u8 = 2;

fn virtual_service(plan: &Plan<'_>, host: &str, mesh: &MeshHandles) -> Manifest {
    let exposed = plan.settings.exposed.as_ref();
    let mut hosts = vec![host.to_owned()];
    let mut gateways = vec![MESH_GATEWAY.to_owned()];
    if exposed.is_some() {
        hosts.push(mesh.host.to_string());
        gateways.push(mesh.gateway_object.clone());
    }
    let by_header = is_canary(plan).then(|| istio::VirtualServiceHttp {
        name: Some("canary-by-header".to_owned()),
        match_: Some(header_matches(exposed, mesh)),
        ..route(plan, exposed, vec![destination(host, Some(CANARY), None)])
    });
    let destinations = if is_canary(plan) {
        vec![
            destination(host, Some(STABLE), Some(100)),
            destination(host, Some(CANARY), Some(0)),
        ]
    } else {
        vec![destination(host, None, None)]
    };
    let primary = istio::VirtualServiceHttp {
        name: Some(PRIMARY_ROUTE.to_owned()),
        match_: path_matches(exposed, mesh),
        ..route(plan, exposed, destinations)
    };
    let service = istio::VirtualService {
        metadata: plan.identity.metadata(),
        spec: Some(istio::VirtualServiceSpec {
            hosts: Some(hosts),
            gateways: Some(gateways),
            http: Some(by_header.into_iter().chain([primary]).collect()),
            ..Default::default()
        }),
    };
    Manifest::namespaced(plan.namespace(), virtual_service_name(plan), service)
}

fn route(
    plan: &Plan<'_>,
    exposed: Option<&Exposure>,
    destinations: Vec<istio::VirtualServiceHttpRoute>,
) -> istio::VirtualServiceHttp {
    let timeout = exposed.map_or(DEFAULT_TIMEOUT, |exposed| exposed.timeout);
    let attempts = exposed.map_or(DEFAULT_RETRIES, |exposed| exposed.retries);
    // A request that changes something is tried again only where it certainly was not begun.
    let only_reads = plan
        .settings
        .methods
        .iter()
        .all(|method| *method == environment::HttpMethod::Get);
    let retry_on = if only_reads && !plan.settings.methods.is_empty() {
        "connect-failure,refused-stream,unavailable,reset,5xx"
    } else {
        "connect-failure,refused-stream,unavailable"
    };
    istio::VirtualServiceHttp {
        route: Some(destinations),
        timeout: Some(timeout.to_string()),
        retries: Some(istio::VirtualServiceHttpRetries {
            attempts: Some(attempts.into()),
            retry_on: Some(retry_on.to_owned()),
            ..Default::default()
        }),
        ..Default::default()
    }
}

fn destination(
    host: &str,
    subset: Option<&str>,
    weight: Option<i32>,
) -> istio::VirtualServiceHttpRoute {
    istio::VirtualServiceHttpRoute {
        destination: istio::VirtualServiceHttpRouteDestination {
            host: host.to_owned(),
            subset: subset.map(str::to_owned),
            ..Default::default()
        },
        weight,
        ..Default::default()
    }
}

/// The paths that lead to the service; none where everything does.
fn paths(exposed: Option<&Exposure>) -> Vec<String> {
    let paths = exposed
        .map(|exposed| {
            exposed
                .paths
                .iter()
                .map(|path| path.value.to_string())
                .collect()
        })
        .unwrap_or_default();
    if paths == ["/"] { Vec::new() } else { paths }
}

fn prefix(path: String) -> istio::VirtualServiceHttpMatchUri {
    istio::VirtualServiceHttpMatchUri {
        prefix: Some(path),
        ..Default::default()
    }
}

fn exact(value: String) -> istio::VirtualServiceHttpMatchHeader {
    istio::VirtualServiceHttpMatchHeader {
        exact: Some(value),
        ..Default::default()
    }
}

/// Where a request comes from and on which path: clients of the gateway only on the paths that are exposed, callers
/// inside the mesh on every path. None where both may come on any.
fn sources(exposed: Option<&Exposure>, mesh: &MeshHandles) -> Vec<istio::VirtualServiceHttpMatch> {
    let paths = paths(exposed);
    if paths.is_empty() {
        return Vec::new();
    }
    let from = |gateway: &str, uri: Option<istio::VirtualServiceHttpMatchUri>| {
        istio::VirtualServiceHttpMatch {
            gateways: Some(vec![gateway.to_owned()]),
            uri,
            ..Default::default()
        }
    };
    let outside = paths
        .into_iter()
        .map(|path| from(&mesh.gateway_object, Some(prefix(path))));
    outside.chain([from(MESH_GATEWAY, None)]).collect()
}

fn path_matches(
    exposed: Option<&Exposure>,
    mesh: &MeshHandles,
) -> Option<Vec<istio::VirtualServiceHttpMatch>> {
    Some(sources(exposed, mesh)).filter(|matches| !matches.is_empty())
}

fn header_matches(
    exposed: Option<&Exposure>,
    mesh: &MeshHandles,
) -> Vec<istio::VirtualServiceHttpMatch> {
    let headers = || Some([("canary".to_owned(), exact("true".to_owned()))].into());
    let matches = path_matches(exposed, mesh).unwrap_or_else(|| vec![Default::default()]);
    matches
        .into_iter()
        .map(|matching| istio::VirtualServiceHttpMatch {
            headers: headers(),
            ..matching
        })
        .collect()
}

/// What the rollout's controller writes at run time, so that nobody else may.
pub(super) fn ignored_differences(plan: &Plan<'_>) -> Vec<IgnoreDifference> {
    let hash = "/spec/selector/rollouts-pod-template-hash";
    let service = |suffix: &'static str| {
        let name: ServiceName = plan.identity.name().with_suffix(suffix);
        IgnoreDifference {
            namespace: Some(plan.namespace().to_string()),
            name: Some(name.to_string()),
            ..IgnoreDifference::of_kind("", "Service")
        }
        .json_pointer(hash)
    };
    match plan.settings.rollout.value {
        Strategy::Rolling => Vec::new(),
        Strategy::BlueGreen => vec![service(""), service("-preview")],
        Strategy::Canary => vec![
            service("-canary"),
            service("-stable"),
            IgnoreDifference::of_kind("networking.istio.io", "VirtualService").jq_path(format!(
                ".spec.http[] | select(.name == \"{PRIMARY_ROUTE}\").route[].weight"
            )),
            IgnoreDifference::of_kind("networking.istio.io", "DestinationRule")
                .jq_path(".spec.subsets[].labels.\"rollouts-pod-template-hash\""),
        ],
    }
}
