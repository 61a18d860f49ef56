//! `prometheus.yml`.

use std::collections::BTreeMap;

use names::{Bytes, Duration, NamespaceName, PortName, ServiceName};
use serde::Serialize;

use super::client::Scheme;
use super::discovery::{KubernetesDiscovery, Role};
use super::jobs::meta;
use super::label::LabelName;
use super::relabel::Relabel;
use super::scrape::ScrapeConfig;
use crate::path::FilePath;
use crate::serialize;

/// What holds for all jobs and rules that say nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Global {
    /// How often targets are scraped.
    #[serde(serialize_with = "serialize::prometheus_duration")]
    pub scrape_interval: Duration,
    /// How often rules are evaluated.
    #[serde(serialize_with = "serialize::prometheus_duration")]
    pub evaluation_interval: Duration,
    /// Labels on everything that leaves this Prometheus: alerts, federation, remote storage.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub external_labels: BTreeMap<LabelName, String>,
}

/// How long samples are kept; whichever limit is reached first counts. Part of the configuration
/// since 3.0, in place of flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Retention {
    /// Their greatest age.
    #[serde(serialize_with = "serialize::prometheus_duration")]
    pub time: Duration,
    /// The most that blocks, the write-ahead log and the head may take; well below the size of the
    /// volume.
    #[serde(serialize_with = "serialize::prometheus_size")]
    pub size: Bytes,
}

/// The local database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Tsdb {
    /// What it keeps.
    pub retention: Retention,
}

/// Where samples are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Storage {
    /// The local database.
    pub tsdb: Tsdb,
}

/// A group of Alertmanagers; an alert goes to each of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alertmanager {
    /// The scheme.
    #[serde(skip_serializing_if = "Scheme::is_http")]
    pub scheme: Scheme,
    /// Where they are.
    pub kubernetes_sd_configs: Vec<KubernetesDiscovery>,
    /// Which of the targets they are.
    pub relabel_configs: Vec<Relabel>,
}

impl Alertmanager {
    /// Every pod behind a Service, by the name of the Service's port.
    pub fn behind_service(
        namespace: &NamespaceName,
        service: &ServiceName,
        port: &PortName,
    ) -> Self {
        Self {
            scheme: Scheme::Http,
            kubernetes_sd_configs: vec![
                KubernetesDiscovery::of(Role::EndpointSlice).in_namespace(namespace),
            ],
            relabel_configs: vec![
                Relabel::keep(meta::SERVICE_NAME, service.as_str()),
                Relabel::keep(meta::ENDPOINT_PORT_NAME, port.as_str()),
            ],
        }
    }
}

/// Where alerts go.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Alerting {
    /// What becomes of an alert's labels on the way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alert_relabel_configs: Vec<Relabel>,
    /// The receivers.
    pub alertmanagers: Vec<Alertmanager>,
}

/// The whole file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Configuration {
    /// What holds for all.
    pub global: Global,
    /// The rule files.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        serialize_with = "serialize::display_list"
    )]
    pub rule_files: Vec<FilePath>,
    /// Where alerts go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alerting: Option<Alerting>,
    /// Where samples go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub storage: Option<Storage>,
    /// What is scraped.
    pub scrape_configs: Vec<ScrapeConfig>,
}

impl Configuration {
    /// A configuration that scrapes and evaluates this often, and does nothing else yet.
    pub fn every(scrape_interval: Duration, evaluation_interval: Duration) -> Self {
        Self {
            global: Global {
                scrape_interval,
                evaluation_interval,
                external_labels: BTreeMap::new(),
            },
            rule_files: Vec::new(),
            alerting: None,
            storage: None,
            scrape_configs: Vec::new(),
        }
    }

    /// The same with these limits on what is kept.
    pub fn keeping(mut self, retention: Retention) -> Self {
        self.storage = Some(Storage {
            tsdb: Tsdb { retention },
        });
        self
    }

    /// The same with this job.
    pub fn scraping(mut self, job: ScrapeConfig) -> Self {
        self.scrape_configs.push(job);
        self
    }

    /// The same with this rule file.
    pub fn with_rules(mut self, file: FilePath) -> Self {
        self.rule_files.push(file);
        self
    }

    /// The same with alerts going there too.
    pub fn alerting(mut self, alertmanager: Alertmanager) -> Self {
        self.alerting
            .get_or_insert_default()
            .alertmanagers
            .push(alertmanager);
        self
    }

    /// The file's text.
    pub fn to_text(&self) -> String {
        yaml::text(self)
    }
}
