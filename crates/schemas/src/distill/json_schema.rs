//! Kinds whose definition is published nowhere, only converted to JSON Schema: files as in
//! collections of such conversions, `<kind in lower case>_<version>.json`.
//!
//! A conversion says neither group nor scope, nor how the kind is written, so these stand here for
//! the kinds of Google Kubernetes Engine, which its control plane installs. A file about any other
//! kind gives no facts.

use serde_json::Value;

use super::{Problem, custom_resource, node};
use crate::model::{KindSchema, Scope, Subresources};

/// What a conversion leaves out.
struct Known {
    file: &'static str,
    group: &'static str,
    version: &'static str,
    kind: &'static str,
    plural: &'static str,
    scope: Scope,
}

const KNOWN: &[Known] = &[
    known(
        "backendconfig_v1",
        "cloud.google.com",
        "v1",
        "BackendConfig",
        "backendconfigs",
        Scope::Namespaced,
    ),
    known(
        "computeclass_v1",
        "cloud.google.com",
        "v1",
        "ComputeClass",
        "computeclasses",
        Scope::Cluster,
    ),
    known(
        "frontendconfig_v1beta1",
        "networking.gke.io",
        "v1beta1",
        "FrontendConfig",
        "frontendconfigs",
        Scope::Namespaced,
    ),
    known(
        "gcpbackendpolicy_v1",
        "networking.gke.io",
        "v1",
        "GCPBackendPolicy",
        "gcpbackendpolicies",
        Scope::Namespaced,
    ),
    known(
        "gcpgatewaypolicy_v1",
        "networking.gke.io",
        "v1",
        "GCPGatewayPolicy",
        "gcpgatewaypolicies",
        Scope::Namespaced,
    ),
    known(
        "healthcheckpolicy_v1",
        "networking.gke.io",
        "v1",
        "HealthCheckPolicy",
        "healthcheckpolicies",
        Scope::Namespaced,
    ),
];

const fn known(
    file: &'static str,
    group: &'static str,
    version: &'static str,
    kind: &'static str,
    plural: &'static str,
    scope: Scope,
) -> Known {
    Known {
        file,
        group,
        version,
        kind,
        plural,
        scope,
    }
}

/// Whether this is a schema and not an object.
pub(crate) fn is_one(document: &Value) -> bool {
    document.get("properties").is_some_and(Value::is_object) && document.get("kind").is_none()
}

/// The kind that the file of that name (without `.json`) describes; `None` for one that is not
/// known by name.
pub(crate) fn kind(file: &str, document: &Value) -> Result<Option<KindSchema>, Problem> {
    let Some(known) = KNOWN.iter().find(|known| known.file == file) else {
        return Ok(None);
    };
    let mut schema = node::schema(document)?;
    custom_resource::complete_object(&mut schema);
    Ok(Some(KindSchema {
        kind: known.kind.to_owned(),
        version: known.version.to_owned(),
        group: known.group.to_owned(),
        plural: known.plural.to_owned(),
        scope: known.scope,
        served: true,
        storage: false,
        deprecated: false,
        subresources: Subresources::default(),
        schema,
    }))
}
