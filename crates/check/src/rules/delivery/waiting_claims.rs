//! DELV027: no wave waits for a claim that waits for a pod of a later one.

use crate::cluster::{Cluster, list, namespace_of, text};
use crate::document::Document;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::applications::Tree;
use crate::rules::delivery::order::position;

/// No wave waits for a claim that waits for a pod of a later one.
pub(crate) static RULE: Rule = Rule {
    code: "DELV027",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "no wave waits for a claim that waits for a pod of a later one",
    why: "A claim whose class waits for the first consumer is bound once a pod uses it. Argo CD begins the wave of the pod once the claim is bound: neither comes, and the sync hangs.",
    fix: "Give the claim and the workload that uses it one wave.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let tree = Tree::of(cluster);
    for claim in cluster.of_kind("", "PersistentVolumeClaim") {
        let owners = tree.owners(claim);
        let ([owner], Some(class)) = (owners.as_slice(), waits(cluster, claim)) else {
            continue;
        };
        let Some(own) = position(claim) else { continue };
        let mut users = users(cluster, claim).peekable();
        if users.peek().is_none() {
            continue;
        }
        let later: Option<Vec<(i32, &Document)>> = users
            .map(|user| {
                let owners = tree.owners(user);
                let is_beside = owners
                    .iter()
                    .all(|other| std::ptr::eq(other.application, owner.application));
                let at = position(user)?;
                (is_beside && !owners.is_empty() && at > own).then_some((at.1, user))
            })
            .collect();
        if let Some((wave, user)) =
            later.and_then(|later| later.into_iter().min_by_key(|one| one.0))
        {
            let message = format!(
                "class {class} binds the claim once {} {} runs, which comes in wave {wave}, after wave {}",
                user.id.kind, user.id.name, own.1
            );
            findings.add(claim, "metadata.annotations", message);
        }
    }
}

/// The class of a claim, where it waits for the first consumer.
fn waits<'c>(cluster: &Cluster<'_>, claim: &'c Document) -> Option<&'c str> {
    let name = text(&claim.value, "/spec/storageClassName")?;
    let class = cluster.document("storage.k8s.io", "StorageClass", "", name)?;
    let mode = text(&class.value, "/volumeBindingMode");
    (mode == Some("WaitForFirstConsumer")).then_some(name)
}

/// The workloads whose pods use a claim.
fn users<'c, 'a>(
    cluster: &'c Cluster<'a>,
    claim: &'c Document,
) -> impl Iterator<Item = &'a Document> + 'c {
    cluster
        .pods_in(namespace_of(claim))
        .filter_map(move |pods| {
            let mut volumes = list(pods.spec?, "/volumes");
            let uses = volumes.any(|(_, volume)| {
                text(volume, "/persistentVolumeClaim/claimName") == Some(claim.id.name.as_str())
            });
            pods.owner.filter(|_| uses)
        })
}
