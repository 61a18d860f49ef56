//! A scrape job: where its targets come from, how they are asked, and what becomes of their
//! samples.

use std::collections::BTreeMap;

use names::Duration;
use serde::Serialize;

use super::client::{Authorization, Scheme, TlsConfig};
use super::discovery::{KubernetesDiscovery, StaticTargets};
use super::relabel::Relabel;
use crate::serialize;

/// A format of samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum ScrapeProtocol {
    /// Protocol buffers, which native histograms need.
    PrometheusProto,
    /// Prometheus' text form.
    #[serde(rename = "PrometheusText0.0.4")]
    PrometheusText,
    /// Prometheus' text form with any characters in names.
    #[serde(rename = "PrometheusText1.0.0")]
    PrometheusTextUtf8,
    /// `OpenMetrics` text.
    #[serde(rename = "OpenMetricsText1.0.0")]
    OpenMetricsText,
}

/// One entry of `scrape_configs`. Its name must be unique in the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ScrapeConfig {
    /// The value of the label `job`.
    pub job_name: String,
    /// How often; the global interval where nothing is said.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "serialize::prometheus_duration_option"
    )]
    pub scrape_interval: Option<Duration>,
    /// How long an answer may take, at most the interval.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "serialize::prometheus_duration_option"
    )]
    pub scrape_timeout: Option<Duration>,
    /// Whether labels in the samples win over those of the target. A target that may do this can
    /// pretend to be any other.
    #[serde(skip_serializing_if = "serialize::is_false")]
    pub honor_labels: bool,
    /// Whether times in the samples count; they do where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub honor_timestamps: Option<bool>,
    /// The path, `/metrics` where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metrics_path: Option<String>,
    /// Parameters of the request.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, Vec<String>>,
    /// The scheme.
    #[serde(skip_serializing_if = "Scheme::is_http")]
    pub scheme: Scheme,
    /// The formats to ask for, the best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scrape_protocols: Vec<ScrapeProtocol>,
    /// The format of an answer that does not say which it is; without this it fails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fallback_scrape_protocol: Option<ScrapeProtocol>,
    /// Whether a native histogram's classic buckets are kept beside it.
    #[serde(skip_serializing_if = "serialize::is_false")]
    pub always_scrape_classic_histograms: bool,
    /// The credentials.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization: Option<Authorization>,
    /// The demands on the connection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_config: Option<TlsConfig>,
    /// The most samples of one target; a scrape with more fails. 0 is no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample_limit: Option<u64>,
    /// The most targets of the job; with more, none is scraped. 0 is no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_limit: Option<u64>,
    /// Targets that Kubernetes knows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kubernetes_sd_configs: Vec<KubernetesDiscovery>,
    /// Targets by address.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub static_configs: Vec<StaticTargets>,
    /// What becomes of the targets, in this order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relabel_configs: Vec<Relabel>,
    /// What becomes of the samples, in this order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub metric_relabel_configs: Vec<Relabel>,
}

impl ScrapeConfig {
    /// A job without targets.
    pub fn new(job_name: impl Into<String>) -> Self {
        Self {
            job_name: job_name.into(),
            ..Self::default()
        }
    }
}
