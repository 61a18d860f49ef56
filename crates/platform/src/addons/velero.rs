//! Velero with its plug-in for the provider; locations and schedules are objects of this tree.

use environment::{Environment, Provider};
use names::{ApplicationName, Url, name};
use serde_json::json;

use super::Chart;
use crate::backup;

/// The plug-in of this release line goes with the server of the chart (1.18).
const AWS_PLUGIN: &str = "docker.io/velero/velero-plugin-for-aws:v1.14.0";

/// The chart, where the environment has backups and says which version.
pub(super) fn chart(environment: &Environment) -> Option<Chart> {
    let version = environment
        .addons
        .velero
        .clone()
        .filter(|_| environment.backup.is_some())?;
    let Provider::Eks(eks) = &environment.cluster.provider;
    let role = format!(
        "arn:aws:iam::{}:role/{}-velero",
        eks.account.value, environment.cluster.name
    );
    Some(Chart {
        application: name!(ApplicationName, "velero"),
        namespace: backup::NAMESPACE,
        repository: Url::from_static("https://vmware-tanzu.github.io/helm-charts"),
        chart: "velero",
        version,
        values: json!({
            "initContainers": [{
                "name": "velero-plugin-for-aws",
                "image": AWS_PLUGIN,
                "volumeMounts": [{ "name": "plugins", "mountPath": "/target" }],
                "securityContext": restricted(),
            }],
            "podSecurityContext": {
                "runAsNonRoot": true,
                "runAsUser": 1000,
                "fsGroup": 1000,
                "seccompProfile": { "type": "RuntimeDefault" },
            },
            "containerSecurityContext": restricted(),
            "credentials": { "useSecret": false },
            "serviceAccount": { "server": { "annotations": { "eks.amazonaws.com/role-arn": role } } },
            "configuration": { "backupStorageLocation": [], "volumeSnapshotLocation": [] },
            "deployNodeAgent": false,
        }),
    })
}

fn restricted() -> serde_json::Value {
    json!({
        "allowPrivilegeEscalation": false,
        "capabilities": { "drop": ["ALL"] },
        "readOnlyRootFilesystem": true,
        "runAsNonRoot": true,
    })
}
