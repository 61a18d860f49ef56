//! What it means that an object goes, comes, or stands under another name.

use check::Document;
use serde_json::Value as Json;

use super::argocd::{Prunes, cascades};
use super::{Around, blank, claims, fields, template};
use crate::difference;
use crate::model::{Effect, Fate, ObjectReview, title};
use crate::tree::Side;

/// An object that is no longer in the tree.
pub(super) fn removed(around: &Around<'_>, old: &Document) -> ObjectReview {
    let mut review = blank(around, Side::Base, old, Fate::Removed);
    let (effect, reason) = loss(around, old);
    review.effect = effect;
    review.reason = reason;
    match around.argocd.prunes(old) {
        Prunes::Always => {}
        Prunes::AfterConsent => review.notes.push(
            "Argo CD deletes it only after somebody has confirmed it (Prune=confirm)".to_owned(),
        ),
        Prunes::ByHand => review.notes.push(
            "its application does not prune by itself: it stays until somebody deletes it"
                .to_owned(),
        ),
        Prunes::LeftBehind => {
            review.effect = Effect::InPlace;
            "it stays in the cluster: its application goes without taking along what it has applied, and nobody looks after it any more"
                .clone_into(&mut review.reason);
        }
        Prunes::Never => {
            review.effect = Effect::Nothing;
            "it stays in the cluster (Prune=false), and nobody looks after it any more"
                .clone_into(&mut review.reason);
        }
    }
    let is_application = old.id.kind == "Application" && old.id.group() == "argoproj.io";
    if is_application && review.effect == Effect::InPlace {
        review.recipe = vec![format!(
            "to delete what it has applied, before the change is merged: argocd app delete {} --cascade; else each object by hand",
            old.id.name
        )];
    }
    if review.effect == Effect::DataAtRisk {
        review.no_way_back = Some("the old commit makes the object anew, and empty".to_owned());
        review.recipe = vec![
            "make a backup first, and restore it somewhere to see that it is one".to_owned(),
            format!("look at what it holds: kubectl get {}", address(old)),
        ];
    }
    review
}

/// How `kubectl` is told which object is meant.
pub(super) fn address(document: &Document) -> String {
    let kind = document.id.kind.to_lowercase();
    match &document.id.namespace {
        Some(namespace) => format!("-n {namespace} {kind}/{}", document.id.name),
        None => format!("{kind}/{}", document.id.name),
    }
}

/// What is lost with an object.
fn loss(around: &Around<'_>, old: &Document) -> (Effect, String) {
    let said = |pointer: &str| old.value.pointer(pointer).and_then(Json::as_str);
    let at_risk = |reason: &str| (Effect::DataAtRisk, reason.to_owned());
    match (old.id.group(), old.id.kind.as_ref()) {
        ("", "Namespace") => at_risk("everything in the namespace is deleted, claims included"),
        ("", "PersistentVolumeClaim") => claim_loss(around, said("/spec/storageClassName")),
        ("", "PersistentVolume") => at_risk("the cluster forgets where the data are"),
        ("apps", "StatefulSet") if claims::has_claims(&old.value) => {
            let deleted = "/spec/persistentVolumeClaimRetentionPolicy/whenDeleted";
            if said(deleted) == Some("Delete") {
                at_risk("its claims are deleted with it")
            } else {
                at_risk("its pods stop; its claims stay behind, and nobody looks after them")
            }
        }
        ("apiextensions.k8s.io", "CustomResourceDefinition") => {
            at_risk("all objects of the kind are deleted with it")
        }
        ("velero.io", "Schedule" | "BackupStorageLocation") => {
            at_risk("what it backed up is not backed up any more")
        }
        ("snapshot.storage.k8s.io", "VolumeSnapshot" | "VolumeSnapshotContent") => {
            at_risk("the snapshot goes")
        }
        ("", "Service") => (
            Effect::Interrupted,
            "nobody answers at its address any more".to_owned(),
        ),
        ("argoproj.io", "Application") => application_loss(old),
        ("external-secrets.io", "ExternalSecret")
        | ("", "Secret" | "ConfigMap" | "ServiceAccount") => {
            let users = super::references::users_of(around, Side::Head, old);
            if users.is_empty() {
                (
                    Effect::InPlace,
                    "it is deleted; no workload refers to it".to_owned(),
                )
            } else {
                let reason = format!(
                    "{} still refer to it: their next pods do not start",
                    users.join(", ")
                );
                (Effect::Interrupted, reason)
            }
        }
        _ if template::of(around, old).is_some() => {
            (Effect::Interrupted, "its pods stop".to_owned())
        }
        _ => (Effect::InPlace, "it is deleted".to_owned()),
    }
}

fn application_loss(old: &Document) -> (Effect, String) {
    if cascades(old) {
        (
            Effect::DataAtRisk,
            "its finalizer deletes everything that it has applied".to_owned(),
        )
    } else {
        (
            Effect::InPlace,
            "what it has applied stays in the cluster, and nobody looks after it any more"
                .to_owned(),
        )
    }
}

/// What becomes of the volume of a claim, by its class.
fn claim_loss(around: &Around<'_>, class: Option<&str>) -> (Effect, String) {
    let classes: Vec<&Document> = around
        .trees
        .of_kinds(Side::Base, &["StorageClass"])
        .collect();
    let policy = class.and_then(|class| {
        let class = classes.iter().find(|known| known.id.name == class)?;
        let policy = class.value.get("reclaimPolicy").and_then(Json::as_str);
        Some(policy.unwrap_or("Delete"))
    });
    let reason = match policy {
        Some("Retain") => {
            "the claim goes; its volume stays (reclaimPolicy Retain) and has to be bound anew by hand"
        }
        Some(_) => "the volume and all that is on it are deleted (reclaimPolicy Delete)",
        None => "the volume is deleted with it, unless its class retains volumes",
    };
    (Effect::DataAtRisk, reason.to_owned())
}

/// An object under another name: for the cluster one that goes and one that comes.
pub(super) fn renamed(around: &Around<'_>, old: &Document, new: &Document) -> ObjectReview {
    let mut review = blank(around, Side::Head, new, Fate::Renamed);
    review.was = Some(old.id.clone());
    if old.source.file != new.source.file {
        review.old_file.clone_from(&old.source.file);
    }
    let (before, after) = (around.stored(old), around.stored(new));
    let schema = around.kind(new).map(|kind| &kind.schema);
    let found = difference::compare(
        around.shapes,
        schema,
        around.is_built_in(new),
        &before,
        &after,
    );
    review.fields = found
        .into_iter()
        .map(|difference| {
            let path = difference.path.positions();
            let document = if difference.new.is_some() { new } else { old };
            let line = document.line_of(&path);
            let mut field = super::undecided(difference, line);
            field.effect = Effect::DeleteAndCreate;
            "part of the new object".clone_into(&mut field.reason);
            fields::hide(new, &mut field);
            field
        })
        .collect();
    let (lost, reason) = loss(around, old);
    review.effect = lost.max(Effect::DeleteAndCreate);
    let consequence = if lost > Effect::DeleteAndCreate {
        format!("{}: {reason}", title(&old.id))
    } else {
        "nothing depends on the old one".to_owned()
    };
    review.reason = format!("a new object; the old one is deleted. {consequence}");
    if lost == Effect::DataAtRisk {
        review.no_way_back = Some("what the new one writes is not in the old one".to_owned());
        review.recipe = move_data(old, new);
    }
    if around.argocd.prunes(old) == Prunes::AfterConsent {
        review.notes.push(
            "Argo CD deletes the old one only after somebody has confirmed it (Prune=confirm)"
                .to_owned(),
        );
    }
    review
}

fn move_data(old: &Document, new: &Document) -> Vec<String> {
    match old.id.kind.as_ref() {
        "StatefulSet" => vec![
            "keep the old name, if the new one is not worth a move of data".to_owned(),
            format!("else: kubectl scale {} --replicas=0", address(old)),
            format!(
                "make claims named <template>-{}-<n> of the volumes or of snapshots of <template>-{}-<n>",
                new.id.name, old.id.name
            ),
            "merge this change, look at the data, then delete the old claims".to_owned(),
        ],
        "PersistentVolumeClaim" => vec![
            "set the volume's persistentVolumeReclaimPolicy to Retain".to_owned(),
            "merge this change with volumeName set to the volume, delete the old claim, and clear the volume's claimRef".to_owned(),
        ],
        _ => vec!["move what it holds first, and delete the old one last".to_owned()],
    }
}

/// What is to be known of a new object.
pub(super) fn added_notes(around: &Around<'_>, new: &Document, review: &mut ObjectReview) {
    let named = |side: Side, kind: &'static str| -> bool {
        let kinds = [kind];
        around
            .trees
            .of_kinds(side, &kinds)
            .any(|document| document.id.name == new.id.namespace.as_deref().unwrap_or_default())
    };
    match new.id.kind.as_ref() {
        "HorizontalPodAutoscaler" => {
            review
                .notes
                .push("from now on it writes the replicas of its target".to_owned());
        }
        "CustomResourceDefinition" => {
            review
                .notes
                .push("objects of its kind can be applied once it is established".to_owned());
        }
        _ if new.id.namespace.is_some()
            && named(Side::Head, "Namespace")
            && !named(Side::Base, "Namespace") =>
        {
            review.notes.push("its namespace is new, too".to_owned());
        }
        _ => {}
    }
}
