//! The pods behind one Service.

use names::{NamespaceName, PortName, ServiceName};

use super::meta;
use crate::prometheus::discovery::{KubernetesDiscovery, Role};
use crate::prometheus::relabel::Relabel;
use crate::prometheus::scrape::ScrapeConfig;

/// Which pods, and on which of the Service's ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoints<'a> {
    /// The Service's namespace.
    pub namespace: &'a NamespaceName,
    /// The Service.
    pub service: &'a ServiceName,
    /// The name of its port that serves metrics.
    pub port: &'a PortName,
}

/// A job that scrapes each pod behind a Service, ready or not.
///
/// An `EndpointSlice` has a generated name, so the Service's own label picks it. Pods also turn up
/// with the ports that the Service does not have; keeping one port by name drops those.
pub fn endpoints(job_name: &str, of: Endpoints<'_>) -> ScrapeConfig {
    ScrapeConfig {
        kubernetes_sd_configs: vec![
            KubernetesDiscovery::of(Role::EndpointSlice).in_namespace(of.namespace),
        ],
        relabel_configs: vec![
            Relabel::keep(meta::SERVICE_NAME, of.service.as_str()),
            Relabel::keep(meta::ENDPOINT_PORT_NAME, of.port.as_str()),
            Relabel::copy(meta::META_NAMESPACE, meta::NAMESPACE),
            Relabel::copy(meta::SERVICE_NAME, meta::SERVICE),
            Relabel::copy(meta::POD_NAME, meta::POD),
        ],
        ..ScrapeConfig::new(job_name)
    }
}

/// The same for pods whose samples are about other objects, as those of kube-state-metrics: their labels `namespace` and
/// `pod` must win over the target's own.
pub fn about_others(job_name: &str, of: Endpoints<'_>) -> ScrapeConfig {
    ScrapeConfig {
        honor_labels: true,
        ..endpoints(job_name, of)
    }
}
