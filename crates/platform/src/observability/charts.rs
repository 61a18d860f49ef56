//! What the charts' pods serve to Prometheus: they are discovered by their annotations like all others.

use builders::Flow;
use environment::Environment;

use super::PrometheusHandles;
use crate::addons;

/// The flows to the pods of charts.
pub(super) fn scrapes(environment: &Environment, prometheus: &PrometheusHandles) -> Vec<Flow> {
    addons::metrics(environment)
        .iter()
        .map(|endpoint| Flow::new(&prometheus.peer, endpoint))
        .collect()
}
