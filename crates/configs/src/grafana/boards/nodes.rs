//! Single nodes: CPU, memory, disk and network.

use names::{ObjectName, name};

use crate::grafana::{Dashboard, Panel, Query, Threshold, Unit, Variable};

pub(super) fn dashboard() -> Dashboard {
    let nodes = Variable::label_values("node", "Node", "node_memory_MemTotal_bytes", "node");
    Dashboard::new(&name!(ObjectName, "nodes"), "Nodes")
        .variable(nodes)
        .panels(processors_and_memory())
        .panels(disks_and_network())
}

fn processors_and_memory() -> [Panel; 4] {
    [
        Panel::time_series(
            "CPU by mode",
            Unit::Cores,
            [Query::new(
                "sum by (mode) (rate(node_cpu_seconds_total{node=~\"$node\",mode!=\"idle\"}[5m]))",
                "{{mode}}",
            )],
        )
        .stacked(),
        Panel::time_series(
            "Load over 5 minutes",
            Unit::Number,
            [Query::new("node_load5{node=~\"$node\"}", "{{node}}")],
        ),
        Panel::time_series(
            "Memory available",
            Unit::Bytes,
            [Query::new(
                "node_memory_MemAvailable_bytes{node=~\"$node\"}",
                "{{node}}",
            )],
        ),
        Panel::time_series(
            "Memory used",
            Unit::Share,
            [Query::new(
                "1 - node_memory_MemAvailable_bytes{node=~\"$node\"} / node_memory_MemTotal_bytes",
                "{{node}}",
            )],
        )
        .threshold(Threshold::Above(0.9)),
    ]
}

fn disks_and_network() -> [Panel; 4] {
    [
        Panel::time_series(
            "Disk used",
            Unit::Share,
            [Query::new(
                "1 - node_filesystem_avail_bytes{node=~\"$node\",fstype!~\"tmpfs|overlay\"} / node_filesystem_size_bytes",
                "{{node}} {{mountpoint}}",
            )],
        )
        .threshold(Threshold::Above(0.9)),
        Panel::time_series(
            "Disk busy",
            Unit::Share,
            [Query::new("rate(node_disk_io_time_seconds_total{node=~\"$node\"}[5m])", "{{node}} {{device}}")],
        ),
        Panel::time_series(
            "Received",
            Unit::BytesPerSecond,
            [Query::new(
                "sum by (node) (rate(node_network_receive_bytes_total{node=~\"$node\",device!=\"lo\"}[5m]))",
                "{{node}}",
            )],
        ),
        Panel::time_series(
            "Sent",
            Unit::BytesPerSecond,
            [Query::new(
                "sum by (node) (rate(node_network_transmit_bytes_total{node=~\"$node\",device!=\"lo\"}[5m]))",
                "{{node}}",
            )],
        ),
    ]
}
