//! STOR013: a volume snapshot is one that its driver can take.

use crate::cluster::{Cluster, namespace_of, text};
use crate::document::Document;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A volume snapshot is one that its driver can take.
pub(crate) static RULE: Rule = Rule {
    code: "STOR013",
    area: Area::Storage,
    severity: Severity::Error,
    title: "a volume snapshot is one that its driver can take",
    why: "A driver snapshots only volumes that it made: nothing is ever ready to restore from.",
    fix: "Name a claim that exists, and a VolumeSnapshotClass of the driver that provisions it.",
    absorbs: &[],
    check: Some(check),
};

const GROUP: &str = "snapshot.storage.k8s.io";

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let classes = cluster.of_kind("storage.k8s.io", "StorageClass");
    let drivers: Vec<&str> = classes
        .iter()
        .filter_map(|class| text(&class.value, "/provisioner"))
        .collect();
    for class in cluster.of_kind(GROUP, "VolumeSnapshotClass") {
        let driver = text(&class.value, "/driver").unwrap_or_default();
        if !drivers.is_empty() && !drivers.contains(&driver) {
            let message = format!(
                "no StorageClass is provisioned by {driver}; there are {}",
                drivers.join(", ")
            );
            findings.add(class, "driver", message);
        }
    }
    for snapshot in cluster.of_kind(GROUP, "VolumeSnapshot") {
        source(cluster, findings, snapshot);
    }
}

fn source(cluster: &Cluster<'_>, findings: &mut Findings<'_>, snapshot: &Document) {
    let Some(name) = text(&snapshot.value, "/spec/source/persistentVolumeClaimName") else {
        return;
    };
    let namespace = namespace_of(snapshot);
    let sets = cluster.of_kind("apps", "StatefulSet").iter();
    // `<template>-<set>-<ordinal>` is made by a set.
    let is_of_set = sets
        .filter(|set| namespace_of(set) == namespace)
        .any(|set| name.contains(&format!("-{}-", set.id.name)));
    let known = "PersistentVolumeClaim";
    if !cluster.exists("", known, namespace, name) && !is_of_set {
        let help = cluster.nearest("", known, namespace, name);
        let message = format!("there is no claim {namespace}/{name}");
        findings.add_with_help(
            snapshot,
            "spec.source.persistentVolumeClaimName",
            message,
            help,
        );
    }
}
