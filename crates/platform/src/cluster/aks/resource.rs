//! An object of Azure Service Operator as Cluster API's objects carry it: its kind, its name, and whom it belongs to.

use serde_json::{Value, json};

/// The secret beside these objects with the identity that acts at Azure; whoever runs the management cluster makes it.
const CREDENTIAL: &str = "azure-credential";

/// The versions of Azure's interfaces, as the operator serves them.
pub(super) mod version {
    /// Clusters and pools; the first with node auto-provisioning and a control plane inside of the network.
    pub(in crate::cluster::aks) const CONTAINER_SERVICE: &str =
        "containerservice.azure.com/v1api20250801";
    /// Networks and subnets.
    pub(in crate::cluster::aks) const NETWORK: &str = "network.azure.com/v1api20201101";
    /// Resource groups.
    pub(in crate::cluster::aks) const RESOURCES: &str = "resources.azure.com/v1api20200601";
}

/// The object; its type comes from outside of the schemas that are known here, hence its fields are values.
pub(super) fn resource(version: &str, kind: &str, name: &str, spec: &Value) -> Value {
    json!({
        "apiVersion": version,
        "kind": kind,
        "metadata": {
            "name": name,
            "annotations": { "serviceoperator.azure.com/credential-from": CREDENTIAL },
        },
        "spec": spec,
    })
}

/// A reference to another object of the operator by its kind.
pub(super) fn reference(version: &str, kind: &str, name: &str) -> Value {
    let group = version.split('/').next().unwrap_or(version);
    json!({ "group": group, "kind": kind, "name": name })
}
