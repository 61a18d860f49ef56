//! The paths by which the ingress controller leads to a service, and how it treats what comes on them.

use environment::{Ingress, IngressRoute, RequestRate};
use k8s_openapi::api::networking::v1 as networking;
use manifest::Manifest;
use names::{AnnotationKey, Bytes, Duration, ObjectName, PathPrefix, annotation_key};

use super::Plan;
use super::services::Services;
use crate::ingress::{CLASS, MERGEABLE};

/// Connections to each pod that a worker of the controller keeps open for the next request.
const KEPT_OPEN: u32 = 32;

/// How long the controller tries to open a connection to a pod; a pod that lives answers within the network's time.
const CONNECT: Duration = Duration::seconds(5);

/// One part of the host's configuration: the part with the certificate stands beside the controller.
pub(super) fn route(
    plan: &Plan<'_>,
    services: &Services,
    ingress: &Ingress,
    route: &IngressRoute,
) -> Manifest {
    let paths = route
        .paths
        .iter()
        .flat_map(|path| paths(&path.value))
        .map(|(path, path_type)| networking::HTTPIngressPath {
            path: Some(path),
            path_type: path_type.to_owned(),
            backend: networking::IngressBackend {
                service: Some(networking::IngressServiceBackend {
                    name: services.main().name().to_string(),
                    port: Some(networking::ServiceBackendPort {
                        number: Some(plan.settings.port.into()),
                        ..Default::default()
                    }),
                }),
                ..Default::default()
            },
        });
    let object = networking::Ingress {
        metadata: plan.identity.metadata(),
        spec: Some(networking::IngressSpec {
            ingress_class_name: Some(CLASS.to_owned()),
            rules: Some(vec![networking::IngressRule {
                host: Some(ingress.host.value.to_string()),
                http: Some(networking::HTTPIngressRuleValue {
                    paths: paths.collect(),
                }),
            }]),
            ..Default::default()
        }),
        ..Default::default()
    };
    let name: ObjectName = plan.identity.name().with_suffix("");
    let manifest = Manifest::namespaced(plan.namespace(), name, object);
    annotations(plan, ingress, route)
        .into_iter()
        .fold(manifest, |manifest, (key, value)| {
            manifest.annotate(key, value)
        })
}

/// A path and everything below it. The controller writes a prefix as it stands, which would let `/shop` match
/// `/shopping` as well.
fn paths(path: &PathPrefix) -> Vec<(String, &'static str)> {
    let path = path.as_str().trim_end_matches('/');
    if path.is_empty() {
        return vec![("/".to_owned(), "Prefix")];
    }
    vec![(path.to_owned(), "Exact"), (format!("{path}/"), "Prefix")]
}

fn seconds(duration: Duration) -> String {
    format!("{}s", duration.as_seconds())
}

fn mebibytes(size: Bytes) -> String {
    format!("{}m", size.as_mebi().max(1))
}

/// The controller's annotations, whose values it reads as nginx' own directives (its reference of annotations, 5.5).
fn annotations(
    plan: &Plan<'_>,
    ingress: &Ingress,
    route: &IngressRoute,
) -> Vec<(AnnotationKey, String)> {
    let name = plan.identity.name();
    let resilience = &plan.resilience;
    let tries = u32::from(resilience.retries.unwrap_or_default()) + 1;
    let mut annotations = vec![
        (MERGEABLE, "minion".to_owned()),
        (
            annotation_key!("nginx.org/proxy-connect-timeout"),
            seconds(CONNECT),
        ),
        (
            annotation_key!("nginx.org/proxy-read-timeout"),
            seconds(route.read_timeout),
        ),
        (
            annotation_key!("nginx.org/proxy-send-timeout"),
            seconds(route.send_timeout),
        ),
        (
            annotation_key!("nginx.org/client-max-body-size"),
            mebibytes(route.body),
        ),
        (
            annotation_key!("nginx.org/keepalive"),
            KEPT_OPEN.to_string(),
        ),
        // Requests that may have begun are not tried again: nginx leaves those out that change something.
        (
            annotation_key!("nginx.org/proxy-next-upstream"),
            "error timeout http_502 http_503".to_owned(),
        ),
        (
            annotation_key!("nginx.org/proxy-next-upstream-tries"),
            tries.to_string(),
        ),
    ];
    if let Some(ejection) = &resilience.ejection {
        annotations.extend([
            (
                annotation_key!("nginx.org/max-fails"),
                ejection.errors.to_string(),
            ),
            (
                annotation_key!("nginx.org/fail-timeout"),
                seconds(ejection.time),
            ),
        ]);
    }
    if route.websocket {
        annotations.push((
            annotation_key!("nginx.org/websocket-services"),
            name.to_string(),
        ));
    }
    if let Some(expires) = route.sticky {
        annotations.push((
            annotation_key!("nginx.org/sticky-cookie-services"),
            format!(
                "serviceName={name} {name} expires={} path=/ httponly secure samesite=lax",
                seconds(expires)
            ),
        ));
    }
    annotations.extend(rate_limit(route.rate.as_ref().unwrap_or(&ingress.rate)));
    annotations
}

/// A bound for each client address, divided by the number of the controller's pods.
fn rate_limit(rate: &RequestRate) -> [(AnnotationKey, String); 7] {
    [
        (
            annotation_key!("nginx.org/limit-req-rate"),
            format!("{}r/s", rate.per_second),
        ),
        (
            annotation_key!("nginx.org/limit-req-key"),
            "${binary_remote_addr}".to_owned(),
        ),
        (
            annotation_key!("nginx.org/limit-req-zone-size"),
            "10M".to_owned(),
        ),
        (
            annotation_key!("nginx.org/limit-req-burst"),
            rate.burst.to_string(),
        ),
        (
            annotation_key!("nginx.org/limit-req-no-delay"),
            "true".to_owned(),
        ),
        (
            annotation_key!("nginx.org/limit-req-reject-code"),
            "429".to_owned(),
        ),
        (
            annotation_key!("nginx.org/limit-req-scale"),
            "true".to_owned(),
        ),
    ]
}
