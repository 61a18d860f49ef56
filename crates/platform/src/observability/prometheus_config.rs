//! What Prometheus scrapes, keeps and alerts on.

use builders::{ConfigMap, Identity};
use configs::FilePath;
use configs::prometheus::alerts::{Area, rule_file};
use configs::prometheus::jobs::{self, KubeletCertificate};
use configs::prometheus::{Configuration, Retention};
use environment::Environment;
use names::{ConfigMapName, DataKey, Port, name};

/// The key of the configuration file.
pub(super) const CONFIG: DataKey = DataKey::from_static("prometheus.yml");
/// The key of the rule file.
const RULES: DataKey = DataKey::from_static("rules.yml");
/// Where both are mounted.
pub(super) const DIRECTORY: FilePath = FilePath::from_static("/etc/prometheus");

/// Samples of one target above which it is not scraped: more is a mistake in its labels.
const SAMPLE_LIMIT: u64 = 50_000;

/// The areas whose metrics the tree itself brings about.
const AREAS: [Area; 3] = [Area::Storage, Area::Mesh, Area::Monitoring];

/// The ConfigMap with the configuration and the rules.
pub(super) fn config(environment: &Environment, identity: &Identity, web: Port) -> ConfigMap {
    let settings = &environment.monitoring.prometheus;
    let retention = Retention {
        time: settings.retention.time,
        size: settings.retention.size.value,
    };
    // The kubelets of EKS have serving certificates of the cluster's authority.
    let certificate = KubeletCertificate::ClusterAuthority;
    let configuration = Configuration::every(settings.interval, settings.interval)
        .keeping(retention)
        .with_rules(DIRECTORY.join("rules.yml"))
        .scraping(jobs::own(web))
        .scraping(jobs::api_server())
        .scraping(jobs::kubelet(certificate))
        .scraping(jobs::cadvisor(certificate))
        .scraping(jobs::annotated_pods(SAMPLE_LIMIT));
    ConfigMap::new(identity, &name!(ConfigMapName, "prometheus-config"))
        .entry(&CONFIG, configuration.to_text())
        .entry(&RULES, rule_file(&AREAS).to_text())
}
