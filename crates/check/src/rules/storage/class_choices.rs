//! STOR011: a `StorageClass` says what it would otherwise inherit.

use serde_json::Value as Json;

use crate::cluster::{Cluster, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A `StorageClass` says what it would otherwise inherit.
pub(crate) static RULE: Rule = Rule {
    code: "STOR011",
    area: Area::Storage,
    severity: Severity::Warning,
    title: "a StorageClass says what it would otherwise inherit",
    why: "By default a volume is deleted with its claim, cannot grow, and is made in a zone before it is known where the pod can run.",
    fix: "Write reclaimPolicy, allowVolumeExpansion: true and volumeBindingMode: WaitForFirstConsumer.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for class in cluster.of_kind("storage.k8s.io", "StorageClass") {
        let provisioner = text(&class.value, "/provisioner").unwrap_or_default();
        if text(&class.value, "/reclaimPolicy").is_none() {
            let message = "not said, so that a volume is deleted with its claim";
            findings.add(class, "reclaimPolicy", message);
        }
        // Nothing can grow that nobody provisions.
        let is_provisioned = provisioner != "kubernetes.io/no-provisioner";
        let grows = class
            .value
            .get("allowVolumeExpansion")
            .and_then(Json::as_bool);
        if is_provisioned && grows != Some(true) {
            findings.add(class, "allowVolumeExpansion", "its volumes cannot grow");
        }
        let is_early = text(&class.value, "/volumeBindingMode") != Some("WaitForFirstConsumer");
        if is_early && is_zonal(provisioner) {
            let message = "a volume is made in some zone before it is known where its pod can run";
            findings.add(class, "volumeBindingMode", message);
        }
    }
}

/// Whether the volumes of a provisioner belong to a zone or a node.
fn is_zonal(provisioner: &str) -> bool {
    [
        "ebs.csi.aws.com",
        "kubernetes.io/aws-ebs",
        "pd.csi.storage.gke.io",
        "kubernetes.io/gce-pd",
        "disk.csi.azure.com",
        "kubernetes.io/azure-disk",
        "kubernetes.io/no-provisioner",
        "rancher.io/local-path",
    ]
    .contains(&provisioner)
}
