//! Istio: its kinds, its control plane, the plug-in that sets up pods, and the gateway.

use environment::Environment;
use names::{ApplicationName, Url, name};
use serde_json::json;

use super::Chart;
use crate::convert::requests_and_limits;
use crate::mesh::{GATEWAY_NAMESPACE, ROOT_NAMESPACE};

/// Where the charts of Istio are published since 1.30 (upgrade notes of 1.31).
const REPOSITORY: Url = Url::from_static("https://blob.istio.io/istio-release/charts");

/// The four charts, on one version.
pub(super) fn charts(environment: &Environment) -> Vec<Chart> {
    let version = &environment.addons.istio;
    let hub = json!({ "hub": environment.mesh.hub });
    let chart = |application, namespace, chart, values| Chart {
        application,
        namespace,
        repository: REPOSITORY,
        chart,
        version: version.clone(),
        values,
    };
    vec![
        chart(
            name!(ApplicationName, "istio-base"),
            ROOT_NAMESPACE,
            "base",
            json!({ "global": hub }),
        ),
        chart(
            name!(ApplicationName, "istiod"),
            ROOT_NAMESPACE,
            "istiod",
            istiod(environment),
        ),
        chart(
            name!(ApplicationName, "istio-cni"),
            ROOT_NAMESPACE,
            "cni",
            json!({ "global": hub }),
        ),
        chart(
            name!(ApplicationName, "istio-ingress"),
            GATEWAY_NAMESPACE,
            "gateway",
            json!({
                "autoscaling": { "minReplicas": 2, "maxReplicas": 10 },
                "podDisruptionBudget": { "maxUnavailable": 1 },
                "service": {
                    "type": "LoadBalancer",
                    "externalTrafficPolicy": "Local",
                    // A network load balancer keeps the clients' addresses; without the annotation AWS makes a classic one.
                    "annotations": { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" },
                },
            }),
        ),
    ]
}

fn istiod(environment: &Environment) -> serde_json::Value {
    let mesh = &environment.mesh;
    json!({
        "autoscaleMin": 2,
        "autoscaleMax": 5,
        "cni": { "enabled": true },
        "resources": requests_and_limits(&mesh.pilot),
        "global": {
            "hub": mesh.hub,
            "meshID": mesh.mesh_id.to_string(),
            "network": mesh.network.to_string(),
            "multiCluster": { "clusterName": mesh.cluster_name.to_string() },
            "proxy": {
                "resources": requests_and_limits(&mesh.proxy),
                "seccompProfile": { "type": "RuntimeDefault" },
            },
        },
    })
}
