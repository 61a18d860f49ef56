//! What the nodes of a pool are told when they start.

use api::bootstrap_cluster_x_k8s_io::v1beta2::{
    NodeadmConfig, NodeadmConfigKubelet, NodeadmConfigSpec,
};
use manifest::Manifest;
use serde_json::Value;

use super::Pool;

/// User data for nodeadm, which starts the nodes of Amazon Linux 2023. The provider adds the cluster's address and
/// certificate. A change makes a new version of the launch template, and EKS replaces the nodes one by one; that is what
/// the static managers need, since they do not start on the state that other settings left behind.
pub(super) fn bootstrap(pool: &Pool, kubelet: Value) -> Manifest {
    let config = NodeadmConfig {
        spec: Some(NodeadmConfigSpec {
            kubelet: Some(NodeadmConfigKubelet {
                config: Some(kubelet),
                flags: Some(flags(pool)),
            }),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::namespaced(&pool.home, &pool.object, config)
}

/// With an image of the user's own EKS leaves it to the kubelet to register labels and taints.
fn flags(pool: &Pool) -> Vec<String> {
    let labels: Vec<String> = pool
        .labels
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    let taints: Vec<String> = pool
        .settings
        .taints
        .iter()
        .map(ToString::to_string)
        .collect();
    let taints =
        (!taints.is_empty()).then(|| format!("--register-with-taints={}", taints.join(",")));
    [format!("--node-labels={}", labels.join(","))]
        .into_iter()
        .chain(taints)
        .collect()
}
