//! The API servers of the cluster.

use names::{NamespaceName, name};

use super::meta;
use crate::prometheus::client::{Authorization, Scheme, TlsConfig};
use crate::prometheus::discovery::{KubernetesDiscovery, Role};
use crate::prometheus::relabel::Relabel;
use crate::prometheus::scrape::ScrapeConfig;

/// The job `apiserver`: each address behind the Service `kubernetes`. Needs `get` on the path
/// `/metrics`.
pub fn api_server() -> ScrapeConfig {
    let namespace = name!(NamespaceName, "default");
    ScrapeConfig {
        scheme: Scheme::Https,
        authorization: Some(Authorization::service_account()),
        // The addresses are in the certificate for the Service, not each for itself on managed
        // control planes.
        tls_config: Some(TlsConfig {
            server_name: Some("kubernetes.default.svc".to_owned()),
            ..TlsConfig::cluster_authority()
        }),
        kubernetes_sd_configs: vec![
            KubernetesDiscovery::of(Role::EndpointSlice).in_namespace(&namespace),
        ],
        relabel_configs: vec![Relabel::keep_all(
            [meta::SERVICE_NAME, meta::ENDPOINT_PORT_NAME],
            "kubernetes;https",
        )],
        ..ScrapeConfig::new("apiserver")
    }
}
