//! The kubelets: their own metrics, and those that cAdvisor in them has of every container.

use super::meta;
use crate::prometheus::client::{Authorization, Scheme, TlsConfig};
use crate::prometheus::discovery::{KubernetesDiscovery, Role};
use crate::prometheus::relabel::Relabel;
use crate::prometheus::scrape::ScrapeConfig;

/// Who signed the certificates that the kubelets serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KubeletCertificate {
    /// The cluster's authority: they are checked.
    ClusterAuthority,
    /// The kubelet itself, the default of kubeadm and of most providers: they cannot be checked.
    SelfSigned,
}

/// The job `kubelet`: volumes, pod starts, the kubelet itself. Needs `get` on `nodes/metrics`.
pub fn kubelet(certificate: KubeletCertificate) -> ScrapeConfig {
    direct("kubelet", certificate)
}

/// The job `cadvisor`: CPU, memory, network and file systems of containers. Needs `get` on
/// `nodes/metrics`.
pub fn cadvisor(certificate: KubeletCertificate) -> ScrapeConfig {
    ScrapeConfig {
        metrics_path: Some("/metrics/cadvisor".to_owned()),
        // cAdvisor's times are those of its last look, which makes series of short-lived containers
        // flicker.
        honor_timestamps: Some(false),
        ..direct("cadvisor", certificate)
    }
}

/// Straight to the nodes. Through the API server it would need `nodes/proxy`, which lets its holder
/// run commands in every pod.
fn direct(job_name: &str, certificate: KubeletCertificate) -> ScrapeConfig {
    ScrapeConfig {
        scheme: Scheme::Https,
        authorization: Some(Authorization::service_account()),
        tls_config: Some(TlsConfig {
            insecure_skip_verify: certificate == KubeletCertificate::SelfSigned,
            ..TlsConfig::cluster_authority()
        }),
        kubernetes_sd_configs: vec![KubernetesDiscovery::of(Role::Node)],
        relabel_configs: vec![Relabel::copy(meta::NODE_NAME, meta::NODE)],
        ..ScrapeConfig::new(job_name)
    }
}
