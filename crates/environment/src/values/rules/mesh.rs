//! The mesh: where it is not installed, no namespace is a part of it.

use crate::Diagnostics;
use crate::values::Environment;

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    if let Some(mesh) = &environment.mesh {
        if environment.addons.istio.is_none() {
            diagnostics
                .error(&mesh.gateway.host.origin, "a mesh without its chart")
                .help("say the version of Istio under `addons.istio`");
        }
        return;
    }
    for namespace in environment
        .namespaces
        .values()
        .filter(|namespace| namespace.mesh.value)
    {
        diagnostics
            .error(
                &namespace.mesh.origin,
                "a namespace of the mesh in an environment without one",
            )
            .help("describe the mesh under `mesh:`, or leave `mesh: true` out");
    }
}
