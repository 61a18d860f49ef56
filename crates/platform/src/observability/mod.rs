//! What watches the cluster: metrics and logs.

mod charts;
mod fluentd;
mod prometheus;
mod prometheus_config;

pub(crate) use fluentd::fluentd;
pub(crate) use prometheus::{PrometheusHandles, prometheus};
