//! STOR008: a claim asks for what its provisioner can give.

use crate::cluster::{Cluster, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::storage::claim_list;

/// A claim asks for what its provisioner can give.
pub(crate) static RULE: Rule = Rule {
    code: "STOR008",
    area: Area::Storage,
    severity: Severity::Error,
    title: "a claim asks for what its provisioner can give",
    why: "A disk is attached to one node: the provisioner refuses the claim, and the pods stay Pending.",
    fix: "Ask for ReadWriteOnce, or use a class for shared file systems.",
    absorbs: &[],
    check: Some(check),
};

/// Provisioners of disks, which no two nodes can mount as a file system.
const DISKS: [&str; 9] = [
    "ebs.csi.aws.com",
    "kubernetes.io/aws-ebs",
    "pd.csi.storage.gke.io",
    "kubernetes.io/gce-pd",
    "disk.csi.azure.com",
    "kubernetes.io/azure-disk",
    "csi.vsphere.vmware.com",
    "rancher.io/local-path",
    "kubernetes.io/no-provisioner",
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for claim in claim_list::all(cluster) {
        let Some(class) = claim.class(cluster) else {
            continue;
        };
        let provisioner = text(&class.value, "/provisioner").unwrap_or_default();
        let is_block = text(claim.spec, "/volumeMode") == Some("Block");
        let is_disk = DISKS.contains(&provisioner);
        if is_disk && !is_block && claim.asks_for("ReadWriteMany") {
            let message = format!(
                "{provisioner} of class {} gives no ReadWriteMany",
                class.id.name
            );
            let path = if claim.path.is_empty() {
                "spec.accessModes".to_owned()
            } else {
                format!("{}.spec.accessModes", claim.path)
            };
            findings.add(claim.document, path, message);
        }
    }
}
