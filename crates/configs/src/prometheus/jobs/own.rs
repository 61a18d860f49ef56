//! Prometheus itself.

use names::Port;

use crate::prometheus::discovery::StaticTargets;
use crate::prometheus::scrape::ScrapeConfig;

/// The job `prometheus`: the server that reads this file, on the port that it listens on.
pub fn own(port: Port) -> ScrapeConfig {
    ScrapeConfig {
        static_configs: vec![StaticTargets {
            targets: vec![format!("localhost:{port}")],
            ..StaticTargets::default()
        }],
        ..ScrapeConfig::new("prometheus")
    }
}
