//! What keeps data outside of the namespaces that are backed up, and why nothing is lost by that.

use environment::Environment;
use manifest::{Exception, Manifest};

/// Kind, name, and why no backup has to take the claims of it.
const REASONS: [(&str, &str, &str); 6] = [
    (
        "StatefulSet",
        "prometheus",
        "measurements expire, and new ones come at once: what a loss costs is history",
    ),
    (
        "StatefulSet",
        "alertmanager",
        "it keeps silences and what has been notified, for some days",
    ),
    (
        "StatefulSet",
        "grafana",
        "dashboards, sources and contact points come from Git, and users from the identity provider",
    ),
    (
        "StatefulSet",
        "elasticsearch",
        "the logs expire, and the snapshot of a running node's volume could not be restored from",
    ),
    (
        "StatefulSet",
        "logstash",
        "it keeps what is on its way to Elasticsearch, for minutes",
    ),
    (
        "PersistentVolumeClaim",
        "image-scan-cache",
        "a cache, which the next scan fills again",
    ),
];

/// Says why the claims of an object are in no backup, where there are backups and none takes its namespace.
pub(crate) fn explained(manifest: Manifest, environment: &Environment) -> Manifest {
    let Some(backup) = &environment.backup else {
        return manifest;
    };
    let id = manifest.id();
    let is_taken = |namespace: &str| {
        let mut names = backup.namespaces.iter();
        names.any(|name| name.value.as_str() == namespace)
    };
    let is_missed = id
        .namespace
        .as_deref()
        .is_some_and(|namespace| !is_taken(namespace));
    let known = REASONS
        .iter()
        .find(|(kind, name, _)| is_missed && *kind == id.kind && *name == id.name);
    match known {
        Some((_, _, reason)) => manifest.excuse(Exception {
            code: "STOR007",
            reason,
        }),
        None => manifest,
    }
}
