//! The namespace that the management cluster keeps clusters in.

use k8s_openapi::api::core::v1::Namespace;
use manifest::Manifest;
use names::{NamespaceName, label_value, well_known};

/// The namespace; no pod runs in it, so the strictest level costs nothing.
pub(super) fn namespace(name: &NamespaceName) -> Manifest {
    [
        well_known::POD_SECURITY_ENFORCE,
        well_known::POD_SECURITY_AUDIT,
        well_known::POD_SECURITY_WARN,
    ]
    .into_iter()
    .fold(
        Manifest::cluster(name, Namespace::default()),
        |namespace, key| namespace.label(key, label_value!("restricted")),
    )
}
