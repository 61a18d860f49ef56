//! How tenants are watched: a scrape job for each monitoring tier, and which alerts about its tenants are passed on.

use names::{Duration, NamespaceName, Port};

use super::discovery::{KubernetesDiscovery, Role};
use super::jobs::{meta, pods};
use super::label::LabelName;
use super::relabel::Relabel;
use super::scrape::ScrapeConfig;

const TENANT: LabelName = LabelName::from_static("tenant");
/// The pods' label of the same name, as discovery gives it.
const POD_TENANT: LabelName = LabelName::from_static("__meta_kubernetes_pod_label_tenant");
/// On targets and alerts: how closely the tenant is watched.
const MONITORING_TIER: LabelName = LabelName::from_static("monitoring_tier");
const ALERT_NAME: LabelName = LabelName::from_static("alertname");
const METRIC_NAME: LabelName = LabelName::from_static("__name__");
/// Set on alerts that are not passed on unless another step clears it.
const HELD_BACK: LabelName = LabelName::from_static("__held_back");

/// What one monitoring tier means, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonitoringTier {
    /// Its name.
    pub name: &'static str,
    /// The namespaces of its tenants; not one where nobody chose it.
    pub namespaces: Vec<NamespaceName>,
    /// The port on which their pods serve metrics.
    pub port: Port,
    /// How often they are asked.
    pub interval: Duration,
    /// The most samples of one pod.
    pub sample_limit: u64,
    /// The names of the metrics that are kept, as regular expressions; none keeps all.
    pub metrics: Vec<String>,
    /// The alerts that are passed on, by name; none passes all.
    pub alerts: Vec<String>,
}

impl MonitoringTier {
    /// The job `tenants-NAME`: pods that ask to be scraped, on the port that the network lets through.
    pub fn scrape_job(&self) -> Option<ScrapeConfig> {
        let (first, rest) = self.namespaces.split_first()?;
        let discovery = rest.iter().fold(
            KubernetesDiscovery::of(Role::Pod).in_namespace(first),
            KubernetesDiscovery::in_namespace,
        );
        let chosen = vec![
            Relabel::keep(meta::ANNOTATION_SCRAPE, "true"),
            Relabel::keep(meta::ANNOTATION_PORT, self.port.to_string()),
            Relabel::copy(POD_TENANT, TENANT),
            Relabel::set(MONITORING_TIER, self.name),
        ];
        let kept =
            (!self.metrics.is_empty()).then(|| Relabel::keep(METRIC_NAME, self.metrics.join("|")));
        Some(ScrapeConfig {
            scrape_interval: Some(self.interval),
            kubernetes_sd_configs: vec![discovery],
            metric_relabel_configs: kept.into_iter().collect(),
            ..pods(&format!("tenants-{}", self.name), self.sample_limit, chosen)
        })
    }

    /// What marks the alerts about the tier's tenants, and drops those that the tier does not have.
    pub fn alert_relabeling(&self) -> Vec<Relabel> {
        if self.namespaces.is_empty() {
            return Vec::new();
        }
        let names: Vec<&str> = self.namespaces.iter().map(NamespaceName::as_str).collect();
        let names = names.join("|");
        let mark = Relabel::compose([meta::NAMESPACE], names.clone(), self.name, MONITORING_TIER);
        if self.alerts.is_empty() {
            return vec![mark];
        }
        vec![
            mark,
            Relabel::compose([meta::NAMESPACE], names.clone(), "true", HELD_BACK),
            Relabel::compose(
                [meta::NAMESPACE, ALERT_NAME],
                format!("({names});({})", self.alerts.join("|")),
                "",
                HELD_BACK,
            ),
            Relabel::drop(HELD_BACK, "true"),
        ]
    }
}
