//! What nodes and namespaces cost.

use names::{ObjectName, name};

use crate::grafana::{Dashboard, Panel, Query, Unit};

/// Hours of an average month.
const MONTH: u16 = 730;

pub(super) fn dashboard() -> Dashboard {
    Dashboard::new(&name!(ObjectName, "cost"), "Cost").panels([
        Panel::stat(
            "Nodes, a month at this rate",
            Unit::Dollars,
            Query::new(format!("sum(node_total_hourly_cost) * {MONTH}"), ""),
        )
        .width(8),
        Panel::stat(
            "Volumes, a month at this rate",
            Unit::Dollars,
            Query::new(
                format!(
                    "sum(kube_persistentvolume_capacity_bytes / 1024 / 1024 / 1024 \
                     * on (persistentvolume) group_left () pv_hourly_cost) * {MONTH}"
                ),
                "",
            ),
        )
        .width(8),
        Panel::stat(
            "Load balancers, a month at this rate",
            Unit::Dollars,
            Query::new(format!("sum(kubecost_load_balancer_cost) * {MONTH}"), ""),
        )
        .width(8),
        Panel::time_series(
            "Namespaces by requested CPU and memory, a month at this rate",
            Unit::Dollars,
            [Query::new(by_namespace(), "{{namespace}}")],
        )
        .stacked()
        .width(24),
        Panel::table(
            "Nodes, an hour",
            Unit::Dollars,
            Query::new(
                "sort_desc(sum by (node, instance_type) (node_total_hourly_cost))",
                "",
            ),
        )
        .width(24),
    ])
}

/// What containers were given, at the price of the node that they are on.
fn by_namespace() -> String {
    format!(
        "(sum by (namespace) (container_cpu_allocation * on (node) group_left () avg by (node) (node_cpu_hourly_cost)) \
         + sum by (namespace) (container_memory_allocation_bytes / 1024 / 1024 / 1024 \
         * on (node) group_left () avg by (node) (node_ram_hourly_cost))) * {MONTH}"
    )
}
