//! `OpenCost`: the settings of its cost model, which it takes from environment variables.

use names::{DataKey, ObjectName};

use crate::path::FilePath;

/// Whose prices count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PriceList {
    /// That of AWS for one region, which anybody may read.
    Aws {
        /// The region.
        region: String,
    },
    /// That of Google Cloud, which asks for a key; the region is that of each node.
    Gcp,
    /// The retail prices of Azure, which anybody may read; the region is that of each node.
    Azure,
}

impl PriceList {
    /// The address, where it has to be said: by itself the model looks up that of the region of its first node.
    fn url(&self) -> Option<String> {
        match self {
            Self::Aws { region } => Some(format!(
                "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonEC2/current/{region}/index.json"
            )),
            Self::Gcp | Self::Azure => None,
        }
    }
}

/// What the cost model is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The name of the cluster, on all its numbers.
    pub cluster: ObjectName,
    /// Where it asks what workloads use.
    pub prometheus: String,
    /// Whose prices count.
    pub prices: PriceList,
    /// A directory that it may write to, where it keeps the prices that it started with.
    pub directory: FilePath,
}

impl Settings {
    /// The environment variables.
    pub fn variables(&self) -> Vec<(DataKey, String)> {
        let variable = |name: &'static str, value: String| (DataKey::from_static(name), value);
        let mut variables = vec![
            variable("CLUSTER_ID", self.cluster.to_string()),
            variable("CONFIG_PATH", self.directory.to_string()),
            variable("PROMETHEUS_SERVER_ENDPOINT", self.prometheus.clone()),
            // Bills of the provider, which nobody gave it, and a server for language models, which nobody asked for.
            variable("CLOUD_COST_ENABLED", false.to_string()),
            variable("MCP_SERVER_ENABLED", false.to_string()),
            variable("LOG_FORMAT", "json".to_owned()),
        ];
        variables.extend(
            self.prices
                .url()
                .map(|url| variable("AWS_PRICING_URL", url)),
        );
        variables
    }
}
