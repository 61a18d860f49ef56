//! Pods: what they use of what they asked for, and whether they run.

use names::{ObjectName, name};

use super::namespaces;
use crate::grafana::{Dashboard, Panel, Query, Threshold, Unit};

pub(super) fn dashboard() -> Dashboard {
    Dashboard::new(&name!(ObjectName, "workloads"), "Workloads")
        .variable(namespaces())
        .panels(usage())
        .panels(health())
}

fn usage() -> [Panel; 4] {
    [
        Panel::time_series(
            "CPU by pod",
            Unit::Cores,
            [Query::new(
                "sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{namespace=~\"$namespace\",container!=\"\"}[5m]))",
                "{{namespace}}/{{pod}}",
            )],
        ),
        Panel::time_series(
            "CPU of the limit",
            Unit::Share,
            [Query::new(
                "sum by (namespace, pod, container) (rate(container_cpu_usage_seconds_total{namespace=~\"$namespace\",container!=\"\"}[5m])) \
                 / sum by (namespace, pod, container) (kube_pod_container_resource_limits{resource=\"cpu\"})",
                "{{namespace}}/{{pod}}/{{container}}",
            )],
        )
        .threshold(Threshold::Above(0.8)),
        Panel::time_series(
            "Time throttled",
            Unit::Share,
            [Query::new(
                "sum by (namespace, pod, container) (rate(container_cpu_cfs_throttled_periods_total{namespace=~\"$namespace\",container!=\"\"}[5m])) \
                 / sum by (namespace, pod, container) (rate(container_cpu_cfs_periods_total{namespace=~\"$namespace\",container!=\"\"}[5m]))",
                "{{namespace}}/{{pod}}/{{container}}",
            )],
        )
        .threshold(Threshold::Above(0.25)),
        Panel::time_series(
            "Memory of the limit",
            Unit::Share,
            [Query::new(
                "sum by (namespace, pod, container) (container_memory_working_set_bytes{namespace=~\"$namespace\",container!=\"\"}) \
                 / sum by (namespace, pod, container) (kube_pod_container_resource_limits{resource=\"memory\"})",
                "{{namespace}}/{{pod}}/{{container}}",
            )],
        )
        .threshold(Threshold::Above(0.9)),
    ]
}

fn health() -> [Panel; 4] {
    [
        Panel::time_series(
            "Restarts in an hour",
            Unit::Number,
            [Query::new(
                "sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total{namespace=~\"$namespace\"}[1h])) > 0",
                "{{namespace}}/{{pod}}/{{container}}",
            )],
        ),
        Panel::time_series(
            "Replicas missing",
            Unit::Number,
            [
                Query::new(
                    "kube_deployment_spec_replicas{namespace=~\"$namespace\"} - kube_deployment_status_replicas_available > 0",
                    "{{namespace}}/{{deployment}}",
                ),
                Query::new(
                    "kube_statefulset_replicas{namespace=~\"$namespace\"} - kube_statefulset_status_replicas_ready > 0",
                    "{{namespace}}/{{statefulset}}",
                ),
            ],
        )
        .threshold(Threshold::Above(1.0)),
        Panel::table(
            "Containers that wait",
            Unit::Number,
            Query::new("kube_pod_container_status_waiting_reason{namespace=~\"$namespace\"} > 0", ""),
        ),
        Panel::table(
            "Jobs that failed",
            Unit::Number,
            Query::new("kube_job_failed{namespace=~\"$namespace\",condition=\"true\"} > 0", ""),
        ),
    ]
}
