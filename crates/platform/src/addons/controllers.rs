//! Controllers of rollouts, vertical scaling, secrets and resource metrics.

use environment::{Environment, Provider};
use names::{ApplicationName, NamespaceName, Url, name};
use serde_json::json;

use super::Chart;

const KUBE_SYSTEM: NamespaceName = NamespaceName::from_static("kube-system");

pub(super) fn charts(environment: &Environment) -> Vec<Chart> {
    vec![
        rollouts(environment),
        vertical_pod_autoscaler(environment),
        external_secrets(environment),
        metrics_server(environment),
    ]
}

fn rollouts(environment: &Environment) -> Chart {
    Chart {
        application: name!(ApplicationName, "argo-rollouts"),
        namespace: name!(NamespaceName, "argo-rollouts"),
        repository: Url::from_static("https://argoproj.github.io/argo-helm"),
        chart: "argo-rollouts",
        version: environment.addons.argo_rollouts.clone(),
        values: json!({
            "installCRDs": true,
            "controller": { "replicas": 2, "pdb": { "enabled": true, "maxUnavailable": 1 } },
            "providerRBAC": { "enabled": true, "providers": { "istio": true } },
        }),
    }
}

fn vertical_pod_autoscaler(environment: &Environment) -> Chart {
    Chart {
        application: name!(ApplicationName, "vertical-pod-autoscaler"),
        namespace: KUBE_SYSTEM,
        repository: Url::from_static("https://kubernetes.github.io/autoscaler"),
        chart: "vertical-pod-autoscaler",
        version: environment.addons.vertical_pod_autoscaler.clone(),
        values: json!({ "admissionController": { "replicas": 2 } }),
    }
}

/// The account of the controller takes on the role that may read the environment's secrets.
fn external_secrets(environment: &Environment) -> Chart {
    let Provider::Eks(eks) = &environment.cluster.provider;
    let role = format!(
        "arn:aws:iam::{}:role/{}-external-secrets",
        eks.account.value, environment.cluster.name
    );
    Chart {
        application: name!(ApplicationName, "external-secrets"),
        namespace: name!(NamespaceName, "external-secrets"),
        repository: Url::from_static("https://charts.external-secrets.io"),
        chart: "external-secrets",
        version: environment.addons.external_secrets.clone(),
        values: json!({
            "installCRDs": true,
            "replicaCount": 2,
            "leaderElect": true,
            "serviceAccount": {
                "name": "external-secrets",
                "annotations": { "eks.amazonaws.com/role-arn": role },
            },
        }),
    }
}

fn metrics_server(environment: &Environment) -> Chart {
    Chart {
        application: name!(ApplicationName, "metrics-server"),
        namespace: KUBE_SYSTEM,
        repository: Url::from_static("https://kubernetes-sigs.github.io/metrics-server/"),
        chart: "metrics-server",
        version: environment.addons.metrics_server.clone(),
        values: json!({ "replicas": 2, "podDisruptionBudget": { "enabled": true, "maxUnavailable": 1 } }),
    }
}
