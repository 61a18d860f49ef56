//! Services as the mesh sees them: traffic, errors, latency.

use names::{ObjectName, name};

use crate::grafana::{Dashboard, Panel, Query, Threshold, Unit, Variable};

/// The receiving end reports each request; counted at both ends it would be there twice.
const SELECTED: &str = "reporter=\"destination\",destination_workload_namespace=~\"$namespace\",destination_workload=~\"$workload\"";
const NAME: &str = "{{destination_workload_namespace}}/{{destination_workload}}";
const BY_WORKLOAD: &str = "destination_workload_namespace, destination_workload";

pub(super) fn dashboard() -> Dashboard {
    let variable = |name, label, values_of| {
        Variable::label_values(
            name,
            label,
            "istio_requests_total{reporter=\"destination\"}",
            values_of,
        )
    };
    Dashboard::new(&name!(ObjectName, "services"), "Services")
        .variable(variable(
            "namespace",
            "Namespace",
            "destination_workload_namespace",
        ))
        .variable(variable("workload", "Service", "destination_workload"))
        .panels(traffic())
        .panels([
            latency(0.5, "median"),
            latency(0.95, "95th percentile"),
            latency(0.99, "99th percentile"),
        ])
        .panels([callers()])
}

fn traffic() -> [Panel; 3] {
    [
        Panel::time_series(
            "Requests",
            Unit::RequestsPerSecond,
            [Query::new(
                format!("sum by ({BY_WORKLOAD}) (rate(istio_requests_total{{{SELECTED}}}[5m]))"),
                NAME,
            )],
        )
        .width(8),
        Panel::time_series(
            "Errors",
            Unit::Share,
            [Query::new(
                format!(
                    "sum by ({BY_WORKLOAD}) (rate(istio_requests_total{{{SELECTED},response_code=~\"5..\"}}[5m])) \
                     / sum by ({BY_WORKLOAD}) (rate(istio_requests_total{{{SELECTED}}}[5m]))"
                ),
                NAME,
            )],
        )
        .threshold(Threshold::Above(0.05))
        .width(8),
        Panel::time_series(
            "Requests by answer",
            Unit::RequestsPerSecond,
            [Query::new(
                format!("sum by (response_code) (rate(istio_requests_total{{{SELECTED}}}[5m]))"),
                "{{response_code}}",
            )],
        )
        .stacked()
        .width(8),
    ]
}

fn latency(quantile: f64, name: &str) -> Panel {
    Panel::time_series(
        &format!("Latency, {name}"),
        Unit::Milliseconds,
        [Query::new(
            format!(
                "histogram_quantile({quantile}, sum by (le, {BY_WORKLOAD}) (rate(istio_request_duration_milliseconds_bucket{{{SELECTED}}}[5m])))"
            ),
            NAME,
        )],
    )
    .width(8)
}

fn callers() -> Panel {
    Panel::table(
        "Who calls whom",
        Unit::RequestsPerSecond,
        Query::new(
            format!("sort_desc(sum by (source_workload, {BY_WORKLOAD}) (rate(istio_requests_total{{{SELECTED}}}[5m])))"),
            "",
        ),
    )
    .width(24)
}
