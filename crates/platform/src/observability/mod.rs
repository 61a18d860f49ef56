//! What watches the cluster: metrics and logs.


mod prometheus;
mod prometheus_config;


pub(crate) use prometheus::{PrometheusHandles, prometheus};
