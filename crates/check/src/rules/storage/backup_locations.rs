//! STOR002: the locations of a Velero backup exist.

use crate::cluster::{Cluster, list, namespace_of, text};
use crate::document::Document;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::storage::backups;

/// The locations of a Velero backup exist.
pub(crate) static RULE: Rule = Rule {
    code: "STOR002",
    area: Area::Storage,
    severity: Severity::Error,
    title: "the locations of a Velero backup exist",
    why: "Velero marks a backup to an unknown location as FailedValidation: there is no backup.",
    fix: "Add the BackupStorageLocation or VolumeSnapshotLocation to the namespace of Velero, or correct the name.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for (document, pointer, path) in backups::all(cluster) {
        if let Some(name) = text(&document.value, &format!("{pointer}/storageLocation")) {
            location(
                cluster,
                findings,
                document,
                "BackupStorageLocation",
                name,
                format!("{path}.storageLocation"),
            );
        }
        for (index, name) in list(
            &document.value,
            &format!("{pointer}/volumeSnapshotLocations"),
        ) {
            let name = name.as_str().unwrap_or_default();
            location(
                cluster,
                findings,
                document,
                "VolumeSnapshotLocation",
                name,
                format!("{path}.volumeSnapshotLocations[{index}]"),
            );
        }
    }
}

fn location(
    cluster: &Cluster<'_>,
    findings: &mut Findings<'_>,
    document: &Document,
    kind: &'static str,
    name: &str,
    path: String,
) {
    let namespace = namespace_of(document);
    if !cluster.exists("velero.io", kind, namespace, name) {
        let help = cluster.nearest("velero.io", kind, namespace, name);
        findings.add_with_help(
            document,
            path,
            format!("there is no {kind} {namespace}/{name}"),
            help,
        );
    }
}
