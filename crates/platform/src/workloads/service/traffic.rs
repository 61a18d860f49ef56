//! How the mesh routes requests to a service: by path from outside, by weight while a canary runs.

use api::networking_istio_io::v1 as istio;
use environment::{Exposure, HttpMethod, Strategy};
use manifest::{IgnoreDifference, Manifest};
use names::{ObjectName, ServiceName};

use super::services::Services;
use super::{Plan, destination_rule};
use crate::mesh::MeshHandles;

/// The pods of the version that is known to be good.
pub(super) const STABLE: &str = "stable";
/// The pods of the version that is being tried.
pub(super) const CANARY: &str = "canary";
/// The route whose weights the rollout moves.
pub(super) const PRIMARY_ROUTE: &str = "primary";

/// Istio's word for all proxies inside the mesh, where a gateway is named.
const MESH_GATEWAY: &str = "mesh";

pub(super) fn virtual_service_name(plan: &Plan<'_>) -> ObjectName {
    plan.identity.name().with_suffix("-vs")
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
        destination_rule::destination_rule(plan, host.clone()),
        virtual_service(plan, &host, mesh),
    ]
}

pub(super) fn is_canary(plan: &Plan<'_>) -> bool {
    plan.settings.rollout.value == Strategy::Canary
}

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
        match_: Some(vec![header_match()]),
        ..route(plan, vec![destination(host, Some(CANARY), None)])
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
        ..route(plan, destinations)
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
    destinations: Vec<istio::VirtualServiceHttpRoute>,
) -> istio::VirtualServiceHttp {
    let resilience = &plan.resilience;
    // A request that changes something is tried again only where it certainly was not begun.
    let only_reads = plan
        .settings
        .methods
        .iter()
        .all(|method| *method == HttpMethod::Get);
    let retry_on = if only_reads && !plan.settings.methods.is_empty() {
        "connect-failure,refused-stream,unavailable,reset,5xx"
    } else {
        "connect-failure,refused-stream,unavailable"
    };
    istio::VirtualServiceHttp {
        route: Some(destinations),
        timeout: resilience.timeout.map(|timeout| timeout.to_string()),
        retries: resilience
            .retries
            .map(|attempts| istio::VirtualServiceHttpRetries {
                attempts: Some(attempts.into()),
                retry_on: (attempts > 0).then(|| retry_on.to_owned()),
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

/// The paths that lead to the service, each with everything below it; none where everything does.
///
/// A prefix is a start of the text for the mesh, so that `/shop` alone would match `/shopping` as well.
fn paths(exposed: Option<&Exposure>) -> Vec<istio::VirtualServiceHttpMatchUri> {
    let paths = || exposed.iter().flat_map(|exposed| &exposed.paths);
    if paths().any(|path| path.as_str() == "/") {
        return Vec::new();
    }
    paths()
        .map(|path| path.as_str().trim_end_matches('/'))
        .flat_map(|path| {
            [
                istio::VirtualServiceHttpMatchUri {
                    exact: Some(path.to_owned()),
                    ..Default::default()
                },
                istio::VirtualServiceHttpMatchUri {
                    prefix: Some(format!("{path}/")),
                    ..Default::default()
                },
            ]
        })
        .collect()
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
        .map(|path| from(&mesh.gateway_object, Some(path)));
    outside.chain([from(MESH_GATEWAY, None)]).collect()
}

fn path_matches(
    exposed: Option<&Exposure>,
    mesh: &MeshHandles,
) -> Option<Vec<istio::VirtualServiceHttpMatch>> {
    Some(sources(exposed, mesh)).filter(|matches| !matches.is_empty())
}

/// Callers inside the mesh that ask for the version on trial. Clients of the gateway are not asked: what they send is
/// theirs to choose, and the version on trial is not.
fn header_match() -> istio::VirtualServiceHttpMatch {
    istio::VirtualServiceHttpMatch {
        gateways: Some(vec![MESH_GATEWAY.to_owned()]),
        headers: Some([("canary".to_owned(), exact("true".to_owned()))].into()),
        ..Default::default()
    }
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
