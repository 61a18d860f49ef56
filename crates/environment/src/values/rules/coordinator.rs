//! The coordinator and its backup run in namespaces that exist, and a copy is in more than one region.

use super::storage::namespace_exists;
use super::tenants::node_pool_exists;
use crate::Diagnostics;
use crate::values::Environment;

/// Fewer copies than this do not outlive a region.
const REGIONS: usize = 2;

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    if let Some(coordinator) = &environment.coordinator {
        namespace_exists(environment, &coordinator.namespace, diagnostics);
        node_pool_exists(environment, &coordinator.isolated_pool, diagnostics);
    }
    let Some(backup) = &environment.checkpoint_backup else {
        return;
    };
    namespace_exists(environment, &backup.namespace, diagnostics);
    if backup.regions.value.len() < REGIONS {
        diagnostics
            .error(
                &backup.regions.origin,
                "copies in one region are lost together with it",
            )
            .help("name a container in a second region");
    }
}
