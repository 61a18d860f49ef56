//! What holds for the mesh as a whole: mutual TLS everywhere, nothing allowed that no flow allows, and access logs.

use api::security_istio_io::v1 as security;
use api::telemetry_istio_io::v1 as telemetry;
use manifest::Manifest;
use names::{NamespaceName, ObjectName, name};

use super::ROOT_NAMESPACE;

/// Pods of the namespace accept nothing but mutual TLS; in the root namespace it holds for all.
pub(super) fn mutual_tls(namespace: &NamespaceName) -> Manifest {
    let policy = security::PeerAuthentication {
        spec: Some(security::PeerAuthenticationSpec {
            mtls: Some(security::PeerAuthenticationMtls {
                mode: Some(security::PeerAuthenticationMtlsMode::Strict),
            }),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::namespaced(namespace, name!(ObjectName, "default"), policy)
}

/// Denies every request in the namespace that no other policy allows.
pub(super) fn deny_all(namespace: &NamespaceName) -> Manifest {
    let policy = security::AuthorizationPolicy {
        spec: Some(security::AuthorizationPolicySpec::default()),
        ..Default::default()
    };
    Manifest::namespaced(namespace, name!(ObjectName, "deny-all"), policy)
}

/// Proxies write what they pass on to their standard output, from where it reaches the logs.
pub(super) fn access_logs() -> Manifest {
    let settings = telemetry::Telemetry {
        spec: Some(telemetry::TelemetrySpec {
            access_logging: Some(vec![telemetry::TelemetryAccessLogging {
                providers: Some(vec![telemetry::TelemetryAccessLoggingProvider {
                    name: "envoy".to_owned(),
                }]),
                ..Default::default()
            }]),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::namespaced(&ROOT_NAMESPACE, name!(ObjectName, "access-logs"), settings)
}
