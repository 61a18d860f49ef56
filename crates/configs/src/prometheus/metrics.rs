//! The metrics that alerts, dashboards and autoscalers may ask for: who exposes each, and what kind
//! it is.
//!
//! Names as of kube-state-metrics 2.20, node-exporter 1.12, Kubernetes 1.35, Istio 1.30, Velero
//! 1.18, `postgres_exporter` 0.20, Argo Rollouts 1.8, `OpenCost` 1.120, Fluentd 1.19,
//! `elasticsearch_exporter` 1.9.

use super::label::MetricName;

/// Where a metric comes from; a rule that asks for it needs a job that scrapes this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exporter {
    /// Prometheus about each scrape; always there.
    Scrape,
    /// Prometheus about itself.
    Prometheus,
    /// Alertmanager about itself.
    Alertmanager,
    /// The kubelet, at `/metrics/cadvisor`.
    Cadvisor,
    /// The kubelet, at `/metrics`.
    Kubelet,
    /// kube-state-metrics.
    KubeStateMetrics,
    /// node-exporter.
    NodeExporter,
    /// Services about themselves, as Prometheus' client libraries do.
    Service,
    /// Istio's proxies.
    IstioProxy,
    /// cert-manager.
    CertManager,
    /// External Secrets.
    ExternalSecrets,
    /// Argo CD's application controller.
    ArgoCd,
    /// The controller of Argo Rollouts.
    ArgoRollouts,
    /// Velero.
    Velero,
    /// `postgres_exporter`.
    PostgresExporter,
    /// `OpenCost`.
    CostModel,
    /// Fluentd's plugin for Prometheus.
    Fluentd,
    /// `elasticsearch_exporter`.
    ElasticsearchExporter,
}

/// What a metric's values mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It only grows: nothing but its rate or increase says anything.
    Counter,
    /// It goes up and down.
    Gauge,
    /// A counter for each bucket of a histogram.
    Buckets,
}

/// A metric that we know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metric {
    /// Its name.
    pub name: MetricName,
    /// What its values mean.
    pub kind: Kind,
    /// Who exposes it.
    pub exporter: Exporter,
}

/// The metric of this name, if it is known.
pub fn find(name: &MetricName) -> Option<&'static Metric> {
    ALL.binary_search_by(|metric| metric.name.cmp(name))
        .ok()
        .and_then(|at| ALL.get(at))
}

const fn counter(exporter: Exporter, name: &'static str) -> Metric {
    Metric {
        name: MetricName::from_static(name),
        kind: Kind::Counter,
        exporter,
    }
}

const fn gauge(exporter: Exporter, name: &'static str) -> Metric {
    Metric {
        name: MetricName::from_static(name),
        kind: Kind::Gauge,
        exporter,
    }
}

const fn buckets(exporter: Exporter, name: &'static str) -> Metric {
    Metric {
        name: MetricName::from_static(name),
        kind: Kind::Buckets,
        exporter,
    }
}

/// All of them, by name.
pub static ALL: &[Metric] = &[
    gauge(Exporter::Prometheus, "ALERTS"),
    gauge(Exporter::Alertmanager, "alertmanager_cluster_members"),
    gauge(
        Exporter::Alertmanager,
        "alertmanager_config_last_reload_successful",
    ),
    counter(
        Exporter::Alertmanager,
        "alertmanager_notifications_failed_total",
    ),
    counter(Exporter::Alertmanager, "alertmanager_notifications_total"),
    gauge(Exporter::ArgoCd, "argocd_app_info"),
    counter(Exporter::ArgoCd, "argocd_app_sync_total"),
    gauge(
        Exporter::CertManager,
        "certmanager_certificate_expiration_timestamp_seconds",
    ),
    gauge(
        Exporter::CertManager,
        "certmanager_certificate_ready_status",
    ),
    gauge(Exporter::CostModel, "container_cpu_allocation"),
    counter(Exporter::Cadvisor, "container_cpu_cfs_periods_total"),
    counter(
        Exporter::Cadvisor,
        "container_cpu_cfs_throttled_periods_total",
    ),
    counter(Exporter::Cadvisor, "container_cpu_usage_seconds_total"),
    gauge(Exporter::CostModel, "container_memory_allocation_bytes"),
    gauge(Exporter::Cadvisor, "container_memory_working_set_bytes"),
    gauge(
        Exporter::ElasticsearchExporter,
        "elasticsearch_cluster_health_status",
    ),
    gauge(
        Exporter::ElasticsearchExporter,
        "elasticsearch_filesystem_data_available_bytes",
    ),
    gauge(
        Exporter::ElasticsearchExporter,
        "elasticsearch_filesystem_data_size_bytes",
    ),
    gauge(Exporter::ExternalSecrets, "externalsecret_status_condition"),
    counter(Exporter::ExternalSecrets, "externalsecret_sync_calls_error"),
    gauge(
        Exporter::Fluentd,
        "fluentd_output_status_buffer_available_space_ratio",
    ),
    buckets(Exporter::Service, "http_request_duration_seconds_bucket"),
    counter(Exporter::Service, "http_requests_total"),
    buckets(
        Exporter::IstioProxy,
        "istio_request_duration_milliseconds_bucket",
    ),
    counter(
        Exporter::IstioProxy,
        "istio_request_duration_milliseconds_count",
    ),
    counter(Exporter::IstioProxy, "istio_requests_total"),
    gauge(
        Exporter::KubeStateMetrics,
        "kube_cronjob_status_last_successful_time",
    ),
    gauge(Exporter::KubeStateMetrics, "kube_deployment_spec_replicas"),
    gauge(
        Exporter::KubeStateMetrics,
        "kube_deployment_status_replicas_available",
    ),
    gauge(
        Exporter::KubeStateMetrics,
        "kube_horizontalpodautoscaler_spec_max_replicas",
    ),
    gauge(
        Exporter::KubeStateMetrics,
        "kube_horizontalpodautoscaler_status_condition",
    ),
    gauge(
        Exporter::KubeStateMetrics,
        "kube_horizontalpodautoscaler_status_current_replicas",
    ),
    gauge(Exporter::KubeStateMetrics, "kube_job_failed"),
    gauge(Exporter::KubeStateMetrics, "kube_node_status_allocatable"),
    gauge(Exporter::KubeStateMetrics, "kube_node_status_condition"),
    gauge(
        Exporter::KubeStateMetrics,
        "kube_persistentvolume_capacity_bytes",
    ),
    gauge(
        Exporter::KubeStateMetrics,
        "kube_pod_container_resource_limits",
    ),
    gauge(
        Exporter::KubeStateMetrics,
        "kube_pod_container_resource_requests",
    ),
    gauge(
        Exporter::KubeStateMetrics,
        "kube_pod_container_status_last_terminated_reason",
    ),
    counter(
        Exporter::KubeStateMetrics,
        "kube_pod_container_status_restarts_total",
    ),
    gauge(
        Exporter::KubeStateMetrics,
        "kube_pod_container_status_waiting_reason",
    ),
    gauge(Exporter::KubeStateMetrics, "kube_pod_info"),
    gauge(Exporter::KubeStateMetrics, "kube_pod_owner"),
    gauge(Exporter::KubeStateMetrics, "kube_pod_status_phase"),
    gauge(Exporter::KubeStateMetrics, "kube_resourcequota"),
    gauge(Exporter::KubeStateMetrics, "kube_statefulset_replicas"),
    gauge(
        Exporter::KubeStateMetrics,
        "kube_statefulset_status_replicas_ready",
    ),
    gauge(Exporter::CostModel, "kubecost_load_balancer_cost"),
    gauge(Exporter::Kubelet, "kubelet_volume_stats_available_bytes"),
    gauge(Exporter::Kubelet, "kubelet_volume_stats_capacity_bytes"),
    gauge(Exporter::Kubelet, "kubelet_volume_stats_used_bytes"),
    gauge(Exporter::CostModel, "node_cpu_hourly_cost"),
    counter(Exporter::NodeExporter, "node_cpu_seconds_total"),
    counter(Exporter::NodeExporter, "node_disk_io_time_seconds_total"),
    gauge(Exporter::NodeExporter, "node_filesystem_avail_bytes"),
    gauge(Exporter::NodeExporter, "node_filesystem_size_bytes"),
    gauge(Exporter::NodeExporter, "node_load5"),
    gauge(Exporter::NodeExporter, "node_memory_MemAvailable_bytes"),
    gauge(Exporter::NodeExporter, "node_memory_MemTotal_bytes"),
    counter(Exporter::NodeExporter, "node_network_receive_bytes_total"),
    counter(Exporter::NodeExporter, "node_network_transmit_bytes_total"),
    gauge(Exporter::CostModel, "node_ram_hourly_cost"),
    gauge(Exporter::CostModel, "node_total_hourly_cost"),
    gauge(Exporter::PostgresExporter, "pg_replication_is_replica"),
    gauge(Exporter::PostgresExporter, "pg_replication_lag_seconds"),
    gauge(
        Exporter::PostgresExporter,
        "pg_replication_last_replay_seconds",
    ),
    gauge(
        Exporter::PostgresExporter,
        "pg_replication_slots_pg_wal_lsn_diff",
    ),
    gauge(
        Exporter::PostgresExporter,
        "pg_replication_slots_wal_status",
    ),
    gauge(Exporter::PostgresExporter, "pg_settings_max_connections"),
    gauge(Exporter::PostgresExporter, "pg_stat_activity_count"),
    counter(Exporter::PostgresExporter, "pg_stat_archiver_failed_count"),
    gauge(
        Exporter::PostgresExporter,
        "pg_stat_archiver_last_archive_age",
    ),
    gauge(
        Exporter::PostgresExporter,
        "pg_stat_replication_pg_wal_lsn_diff",
    ),
    gauge(Exporter::PostgresExporter, "pg_up"),
    gauge(
        Exporter::Prometheus,
        "prometheus_config_last_reload_successful",
    ),
    gauge(
        Exporter::Prometheus,
        "prometheus_notifications_alertmanagers_discovered",
    ),
    counter(
        Exporter::Prometheus,
        "prometheus_notifications_errors_total",
    ),
    counter(Exporter::Prometheus, "prometheus_notifications_sent_total"),
    counter(
        Exporter::Prometheus,
        "prometheus_rule_evaluation_failures_total",
    ),
    counter(
        Exporter::Prometheus,
        "prometheus_tsdb_head_samples_appended_total",
    ),
    gauge(Exporter::Prometheus, "prometheus_tsdb_head_series"),
    gauge(Exporter::Prometheus, "prometheus_tsdb_storage_blocks_bytes"),
    gauge(Exporter::CostModel, "pv_hourly_cost"),
    gauge(Exporter::ArgoRollouts, "rollout_info"),
    gauge(Exporter::Scrape, "up"),
    counter(Exporter::Velero, "velero_backup_failure_total"),
    gauge(Exporter::Velero, "velero_backup_last_status"),
    gauge(Exporter::Velero, "velero_backup_last_successful_timestamp"),
    counter(Exporter::Velero, "velero_backup_partial_failure_total"),
];

#[cfg(test)]
mod tests {
    use super::{ALL, Kind, find};

    #[test]
    fn every_metric_is_found_by_its_name() {
        for pair in ALL.windows(2) {
            assert!(
                pair[0].name < pair[1].name,
                "{} comes before {}",
                pair[1].name,
                pair[0].name
            );
        }
        assert!(ALL.iter().all(|metric| find(&metric.name) == Some(metric)));
        assert_eq!(find(&"nobody_knows_it".parse().unwrap()), None);
    }

    #[test]
    fn names_ending_like_counters_are_counters() {
        for metric in ALL {
            assert_eq!(
                metric.name.as_str().ends_with("_bucket"),
                metric.kind == Kind::Buckets,
                "{}",
                metric.name
            );
            assert!(
                !metric.name.as_str().ends_with("_total") || metric.kind == Kind::Counter,
                "{}",
                metric.name
            );
        }
    }
}
