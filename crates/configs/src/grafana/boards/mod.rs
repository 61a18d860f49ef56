//! The dashboards. A platform shows those whose metrics it collects.

mod autoscaling;
mod cluster;
mod cost;
mod databases;
mod delivery;
mod mesh;
mod monitoring;
mod nodes;
mod workloads;

use names::ObjectName;

use super::dashboard::{Dashboard, Variable};

/// Every dashboard.
pub fn all() -> Vec<Dashboard> {
    vec![
        cluster::dashboard(),
        nodes::dashboard(),
        workloads::dashboard(),
        autoscaling::dashboard(),
        mesh::dashboard(),
        databases::dashboard(),
        delivery::dashboard(),
        monitoring::dashboard(),
        cost::dashboard(),
    ]
}

/// The identifier of the dashboard that is shown first.
pub const HOME: ObjectName = cluster::UID;

/// The choice of namespaces, from those that have pods.
fn namespaces() -> Variable {
    Variable::label_values("namespace", "Namespace", "kube_pod_info", "namespace")
}
