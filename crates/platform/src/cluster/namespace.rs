//! The namespace that the management cluster keeps clusters in.

use environment::Environment;
use k8s_openapi::api::core::v1::Namespace;
use manifest::{Exception, Manifest};
use names::{NamespaceName, label_value, well_known};

/// The namespace; no pod runs in it, so the strictest level costs nothing.
pub(super) fn namespace(name: &NamespaceName, environment: &Environment) -> Manifest {
    let namespace = [
        well_known::POD_SECURITY_ENFORCE,
        well_known::POD_SECURITY_AUDIT,
        well_known::POD_SECURITY_WARN,
    ]
    .into_iter()
    .fold(
        Manifest::cluster(name, Namespace::default()),
        |namespace, key| namespace.label(key, label_value!("restricted")),
    );
    match environment.mesh {
        Some(_) => namespace.excuse(Exception {
            code: "MESH017",
            reason: "the management cluster has it, which is no part of this mesh",
            until: None,
        }),
        None => namespace,
    }
}
