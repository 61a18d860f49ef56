//! Says of an object why its claims are in no backup.

use environment::Environment;
use manifest::{Exception, Manifest};

/// Says why no backup has to take the claims of an object, where there are backups and none takes its namespace.
pub(crate) fn left_out(
    manifest: Manifest,
    environment: &Environment,
    reason: &'static str,
) -> Manifest {
    let Some(backup) = &environment.backup else {
        return manifest;
    };
    let namespace = manifest.id().namespace.as_deref();
    let mut taken = backup.namespaces.iter();
    if taken.any(|taken| Some(taken.value.as_str()) == namespace) {
        return manifest;
    }
    manifest.excuse(Exception {
        code: "STOR007",
        reason,
        until: None,
    })
}
