//! The images that the tree runs, as its own manifests name them.

use std::collections::BTreeSet;

use manifest::{Application, Manifest};
use names::ImageReference;
use serde_json::Value;

/// The images of every container that an application of this tree makes; charts bring theirs by themselves.
pub(crate) fn images<'a>(
    applications: impl IntoIterator<Item = &'a Application>,
) -> BTreeSet<ImageReference> {
    applications
        .into_iter()
        .flat_map(|application| &application.manifests)
        .flat_map(of_manifest)
        .collect()
}

/// Where a workload has its pods.
fn pod_pointer(kind: &str) -> Option<&'static str> {
    match kind {
        "DaemonSet" | "Deployment" | "Job" | "Rollout" | "StatefulSet" => {
            Some("/spec/template/spec")
        }
        "CronJob" => Some("/spec/jobTemplate/spec/template/spec"),
        _ => None,
    }
}

fn of_manifest(manifest: &Manifest) -> Vec<ImageReference> {
    let Some(pointer) = pod_pointer(&manifest.id().kind) else {
        return Vec::new();
    };
    let object = manifest.value();
    let Some(pod) = object.pointer(pointer) else {
        return Vec::new();
    };
    ["containers", "initContainers"]
        .into_iter()
        .filter_map(|list| pod.get(list).and_then(Value::as_array))
        .flatten()
        .filter_map(|container| container.get("image")?.as_str()?.parse().ok())
        .collect()
}
