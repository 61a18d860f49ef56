//! Metrics: what collects, keeps, shows and prices them, and who hears of it when they are bad.

mod alertmanager;
mod alerts;
mod collectors;
mod cost;
mod grafana;
mod prometheus;
mod time_of_day;

use names::NamespaceName;

pub use alertmanager::{
    AlertEmail, AlertReceiver, AlertRoute, AlertSlack, AlertSmtp, AlertTimes, Alertmanager,
    ConfigReloader, Weekday,
};
pub use alerts::AlertThresholds;
pub use collectors::{KubeStateMetrics, MetricsAdapter, NodeExporter};
pub use cost::Cost;
pub use grafana::{Grafana, GrafanaRoles, SignIn};
pub use prometheus::{MonitoringAccount, Prometheus, Retention, ScrapeJob};
pub use time_of_day::{InvalidTimeOfDay, TimeOfDay};

use crate::{Located, record};

record! {
    /// Metrics.
    pub struct Monitoring {
        /// Where the monitoring runs.
        pub namespace: Located<NamespaceName>,
        /// The server that collects metrics.
        pub prometheus: Prometheus,
        /// The limits above which alerts are raised, where they differ from cluster to cluster.
        pub alerts: AlertThresholds = AlertThresholds::default(),
        /// What tells people of alerts.
        pub alertmanager: Option<Alertmanager>,
        /// Metrics of the nodes.
        pub node_exporter: Option<NodeExporter>,
        /// Metrics about Kubernetes' objects.
        pub kube_state_metrics: Option<KubeStateMetrics>,
        /// Metrics of services for the autoscalers.
        pub adapter: Option<Located<MetricsAdapter>>,
        /// Dashboards.
        pub grafana: Option<Grafana>,
        /// What workloads cost.
        pub cost: Option<Cost>,
    }
}
