//! Something that listens on every node, such as node-exporter.

use names::Port;

use super::meta;
use crate::prometheus::discovery::{KubernetesDiscovery, Role};
use crate::prometheus::relabel::Relabel;
use crate::prometheus::scrape::ScrapeConfig;

/// A job that scrapes one port of each node: for pods on the host's network, one a node.
pub fn node_port(job_name: &str, port: Port) -> ScrapeConfig {
    ScrapeConfig {
        kubernetes_sd_configs: vec![KubernetesDiscovery::of(Role::Node)],
        relabel_configs: vec![
            // The address is the kubelet's; the greedy group leaves the colons of an IPv6 address
            // alone.
            Relabel::compose(
                [meta::ADDRESS],
                r"(.+):\d+",
                format!("$1:{port}"),
                meta::ADDRESS,
            ),
            Relabel::copy(meta::NODE_NAME, meta::NODE),
        ],
        ..ScrapeConfig::new(job_name)
    }
}
