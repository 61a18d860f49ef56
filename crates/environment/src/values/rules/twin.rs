//! The twin in another region: it is another cluster, elsewhere, with backups of its own; who stands by has one.

use crate::Diagnostics;
use crate::values::{Environment, Provider, Role, Twin};

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    let Some(twin) = &environment.twin else {
        if environment.role.value == Role::Standby {
            diagnostics
                .error(
                    &environment.role.origin,
                    "an environment that stands by, and nothing for which it does",
                )
                .help("name the active cluster under `twin`");
        }
        return;
    };
    elsewhere(environment, twin, diagnostics);
    if twin.cluster.value == environment.cluster.name {
        diagnostics.error(&twin.cluster.origin, "a cluster is not its own twin");
    }
    if let (Some(theirs), Some(ours)) = (&twin.backups, &environment.backup)
        && theirs.value == ours.bucket.value
    {
        diagnostics
            .error(
                &theirs.origin,
                "both clusters would write their backups into one bucket",
            )
            .label(&ours.bucket.origin, "the bucket of this one");
    }
}

fn elsewhere(environment: &Environment, twin: &Twin, diagnostics: &mut Diagnostics) {
    let region = match &environment.cluster.provider {
        Provider::Eks(eks) => &eks.region,
        Provider::Gke(gke) => &gke.region,
        Provider::Aks(aks) => &aks.location,
    };
    if region.value == twin.region.value {
        diagnostics
            .error(
                &twin.region.origin,
                "a twin in the same region is lost together with this cluster",
            )
            .label(&region.origin, "the region of this cluster");
    }
}
