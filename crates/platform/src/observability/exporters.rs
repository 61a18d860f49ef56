//! Who is scraped in an environment, from which follow the alerts and dashboards that mean anything there.

use std::collections::BTreeSet;

use configs::prometheus::MetricName;
use configs::prometheus::metrics::{Exporter, find};
use environment::Environment;

/// Everybody who exposes metrics in `environment`.
pub(super) fn exporters(environment: &Environment) -> BTreeSet<Exporter> {
    let monitoring = &environment.monitoring;
    let addons = &environment.addons;
    let optional = [
        (Exporter::Alertmanager, monitoring.alertmanager.is_some()),
        (
            Exporter::KubeStateMetrics,
            monitoring.kube_state_metrics.is_some(),
        ),
        (Exporter::NodeExporter, monitoring.node_exporter.is_some()),
        (Exporter::CostModel, monitoring.cost.is_some()),
        (Exporter::IstioProxy, environment.mesh.is_some()),
        (Exporter::CertManager, addons.cert_manager.is_some()),
        (Exporter::ArgoCd, addons.argo_cd.is_some()),
        (Exporter::ArgoRollouts, addons.argo_rollouts.is_some()),
        (
            Exporter::Velero,
            environment.backup.is_some() && addons.velero.is_some(),
        ),
        (Exporter::PostgresExporter, environment.postgres.is_some()),
        (
            Exporter::ElasticsearchExporter,
            environment.logging.elasticsearch.is_some(),
        ),
        (
            Exporter::ElasticsearchExporter,
            environment.logging.elasticsearch.is_some(),
        ),
    ];
    let always = [
        Exporter::Scrape,
        Exporter::Prometheus,
        Exporter::Cadvisor,
        Exporter::Kubelet,
        Exporter::ExternalSecrets,
        Exporter::Fluentd,
    ];
    let there = optional.into_iter().filter(|(_, there)| *there);
    always
        .into_iter()
        .chain(there.map(|(exporter, _)| exporter))
        .collect()
}

/// Whether every one of these metrics is exposed by one of these exporters.
pub(super) fn cover<'a>(
    exporters: &BTreeSet<Exporter>,
    metrics: impl IntoIterator<Item = &'a MetricName>,
) -> bool {
    metrics
        .into_iter()
        .all(|name| find(name).is_some_and(|metric| exporters.contains(&metric.exporter)))
}
