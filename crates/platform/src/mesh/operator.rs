//! The IstioOperator of the documents, for those who install the mesh with `istioctl`.

use environment::{Environment, Mesh};
use manifest::{Manifest, Scope};
use names::{ObjectName, name};
use serde_json::json;

use super::ROOT_NAMESPACE;
use crate::convert::requests_and_limits;

/// The control plane's size and identity; the charts get the same values.
///
/// The kind has had no schema in any release, so its fields are written as values.
pub(super) fn control_plane(environment: &Environment, mesh: &Mesh) -> Manifest {
    let spec = json!({
        "profile": "default",
        "hub": mesh.hub,
        "tag": environment.addons.istio.as_ref().map(|version| version.value.to_string()),
        "components": {
            "cni": { "enabled": true },
            "pilot": {
                "k8s": {
                    "resources": requests_and_limits(&mesh.pilot),
                },
            },
        },
        "values": {
            "global": {
                "meshID": mesh.mesh_id.to_string(),
                "network": mesh.network.to_string(),
                "multiCluster": { "clusterName": mesh.cluster_name.to_string() },
            },
        },
    });
    Manifest::untyped(
        "install.istio.io/v1alpha1",
        "IstioOperator",
        Scope::Namespace(ROOT_NAMESPACE),
        name!(ObjectName, "control-plane"),
        [("spec", spec)],
    )
}
