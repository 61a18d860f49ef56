//! The cluster at a glance.

use names::ObjectName;

use crate::grafana::{Dashboard, Panel, Query, Threshold, Unit};

pub(super) const UID: ObjectName = ObjectName::from_static("kubernetes-cluster");

pub(super) fn dashboard() -> Dashboard {
    Dashboard::new(&UID, "Kubernetes Cluster Overview")
        .panels(numbers())
        .panels(usage())
        .panels(troubles())
}

fn numbers() -> [Panel; 6] {
    [
        Panel::stat(
            "Nodes ready",
            Unit::Number,
            Query::new(
                "sum(kube_node_status_condition{condition=\"Ready\",status=\"true\"})",
                "",
            ),
        ),
        Panel::stat(
            "Nodes not ready",
            Unit::Number,
            Query::new(
                "sum(kube_node_status_condition{condition=\"Ready\",status=\"true\"} == bool 0)",
                "",
            ),
        )
        .threshold(Threshold::Above(1.0)),
        Panel::stat(
            "Pods running",
            Unit::Number,
            Query::new("sum(kube_pod_status_phase{phase=\"Running\"})", ""),
        ),
        Panel::stat(
            "Pods pending or failed",
            Unit::Number,
            Query::new(
                "sum(kube_pod_status_phase{phase=~\"Pending|Failed|Unknown\"})",
                "",
            ),
        )
        .threshold(Threshold::Above(1.0)),
        Panel::stat(
            "CPU requested",
            Unit::Share,
            Query::new(
                "sum(kube_pod_container_resource_requests{resource=\"cpu\"}) \
                 / sum(kube_node_status_allocatable{resource=\"cpu\"})",
                "",
            ),
        )
        .threshold(Threshold::Above(0.9)),
        Panel::stat(
            "Memory requested",
            Unit::Share,
            Query::new(
                "sum(kube_pod_container_resource_requests{resource=\"memory\"}) \
                 / sum(kube_node_status_allocatable{resource=\"memory\"})",
                "",
            ),
        )
        .threshold(Threshold::Above(0.9)),
    ]
}

fn usage() -> [Panel; 4] {
    [
        Panel::time_series(
            "Node CPU Usage",
            Unit::Percent,
            [Query::new(
                "100 - (avg by (instance) (rate(node_cpu_seconds_total{mode=\"idle\"}[5m])) * 100)",
                "{{instance}}",
            )],
        )
        .threshold(Threshold::Above(80.0)),
        Panel::time_series(
            "Node memory usage",
            Unit::Share,
            [Query::new(
                "1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes",
                "{{instance}}",
            )],
        )
        .threshold(Threshold::Above(0.9)),
        Panel::time_series(
            "CPU by namespace",
            Unit::Cores,
            [Query::new(
                "sum by (namespace) (rate(container_cpu_usage_seconds_total{container!=\"\"}[5m]))",
                "{{namespace}}",
            )],
        )
        .stacked(),
        Panel::time_series(
            "Memory by namespace",
            Unit::Bytes,
            [Query::new(
                "sum by (namespace) (container_memory_working_set_bytes{container!=\"\"})",
                "{{namespace}}",
            )],
        )
        .stacked(),
    ]
}

fn troubles() -> [Panel; 3] {
    [
        Panel::table(
            "Containers restarted in the last hour",
            Unit::Number,
            Query::new(
                "topk(20, sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total[1h])) > 0)",
                "",
            ),
        ),
        Panel::table(
            "Quota used",
            Unit::Share,
            Query::new(
                "sort_desc(kube_resourcequota{type=\"used\"} \
                 / ignoring (type) (kube_resourcequota{type=\"hard\"} > 0))",
                "",
            ),
        )
        .threshold(Threshold::Above(0.9)),
        Panel::table(
            "Volumes by share used",
            Unit::Share,
            Query::new(
                "sort_desc(kubelet_volume_stats_used_bytes / kubelet_volume_stats_capacity_bytes)",
                "",
            ),
        )
        .threshold(Threshold::Above(0.85))
        .width(24),
    ]
}
