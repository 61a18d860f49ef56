//! Which changes put data at risk: claims, volumes, retention, backups and definitions of kinds.

use serde_json::Value as Json;

use check::Document;
use check::capacity::Quantity;

use super::{Around, Change};
use crate::model::{Effect, FieldReview, ObjectReview};
use crate::tree::Side;

/// Raises the effect of a field that decides over data.
pub(super) fn raise(change: &Change<'_>, field: &mut FieldReview) {
    let fields = field.difference.path.fields();
    let new = field.difference.new.as_ref();
    let text = new.and_then(Json::as_str);
    let kind = (change.new.id.group(), change.new.id.kind.as_ref());
    let reason = match kind {
        ("apps", "StatefulSet") if fields.starts_with("spec.volumeClaimTemplates") => {
            "its claims hold data, and the template that they were made of never changes".to_owned()
        }
        ("apps", "StatefulSet")
            if fields.starts_with("spec.persistentVolumeClaimRetentionPolicy")
                && text == Some("Delete") =>
        {
            "from then on the claims go with their pods".to_owned()
        }
        ("apps", "StatefulSet") if fields == "spec.replicas" => match scaled_down(change, field) {
            Some(reason) => reason,
            None => return,
        },
        ("", "PersistentVolumeClaim") => match claim(field, &fields) {
            Some(reason) => reason,
            None => return,
        },
        ("", "PersistentVolume")
            if fields == "spec.persistentVolumeReclaimPolicy" && text == Some("Delete") =>
        {
            "the volume is deleted with its claim from then on".to_owned()
        }
        ("", "PersistentVolume") if field.refused => {
            "the volume is where data are, and its source never changes".to_owned()
        }
        ("storage.k8s.io", "StorageClass")
            if fields == "reclaimPolicy" && text == Some("Delete") =>
        {
            "volumes that are made from then on are deleted with their claims".to_owned()
        }
        ("apiextensions.k8s.io", "CustomResourceDefinition") => match definition(field, &fields) {
            Some(reason) => reason,
            None => return,
        },
        ("snapshot.storage.k8s.io", "VolumeSnapshotClass")
            if fields == "deletionPolicy" && text == Some("Delete") =>
        {
            "snapshots are deleted with their objects from then on".to_owned()
        }
        ("velero.io", "Schedule") => match schedule(field, &fields) {
            Some(reason) => reason,
            None => return,
        },
        ("velero.io", "BackupStorageLocation") if is_place_of_backups(&fields) => {
            "backups that were made so far are not found in the new place".to_owned()
        }
        _ => return,
    };
    field.effect = Effect::DataAtRisk;
    field.reason = if field.refused {
        format!("{}; {reason}", field.reason)
    } else {
        reason
    };
}

/// A claim grows only where its class allows it, which no field of the claim says.
pub(super) fn expands(around: &Around<'_>, change: &Change<'_>, field: &mut FieldReview) {
    let is_size = field.difference.path.fields() == "spec.resources.requests";
    if change.new.id.kind != "PersistentVolumeClaim" || !is_size || field.refused {
        return;
    }
    let class = change
        .after
        .pointer("/spec/storageClassName")
        .and_then(Json::as_str);
    let classes: Vec<&Document> = around
        .trees
        .of_kinds(Side::Head, &["StorageClass"])
        .collect();
    let class = class.and_then(|class| classes.iter().find(|known| known.id.name == class));
    match class {
        Some(class) if class.value.get("allowVolumeExpansion") != Some(&Json::Bool(true)) => {
            field.refused = true;
            field.effect = Effect::Refused;
            field.reason = format!(
                "the API server refuses it: the class {} does not let claims grow",
                class.id.name
            );
        }
        Some(_) => "the volume grows while it is used".clone_into(&mut field.reason),
        None => "the volume grows, where its class lets claims grow".clone_into(&mut field.reason),
    }
}

fn is_place_of_backups(fields: &str) -> bool {
    ["spec.objectStorage", "spec.provider", "spec.config"]
        .iter()
        .any(|known| fields.starts_with(known))
}

/// Fewer pods of a set whose claims go with them.
fn scaled_down(change: &Change<'_>, field: &FieldReview) -> Option<String> {
    let number = |value: &Option<Json>| value.as_ref().and_then(Json::as_u64);
    let (old, new) = (
        number(&field.difference.old)?,
        number(&field.difference.new)?,
    );
    let policy = change
        .after
        .pointer("/spec/persistentVolumeClaimRetentionPolicy/whenScaled")
        .and_then(Json::as_str);
    let has_claims = has_claims(&change.after);
    (new < old && has_claims && policy == Some("Delete"))
        .then(|| format!("{} pods stop and take their claims with them", old - new))
}

/// Whether a `StatefulSet` makes claims.
pub(super) fn has_claims(object: &Json) -> bool {
    object
        .pointer("/spec/volumeClaimTemplates")
        .and_then(Json::as_array)
        .is_some_and(|templates| !templates.is_empty())
}

fn claim(field: &FieldReview, fields: &str) -> Option<String> {
    if fields == "spec.resources.requests" {
        let amount = |value: &Option<Json>| {
            let text = value.as_ref().and_then(Json::as_str)?;
            Quantity::parse(text)
        };
        let (old, new) = (amount(&field.difference.old), amount(&field.difference.new));
        return match (old, new) {
            (Some(old), Some(new)) if new < old => {
                Some("a volume never shrinks: only a new claim and a copy get there".to_owned())
            }
            _ => None,
        };
    }
    field
        .refused
        .then(|| "the claim holds data, and only a new claim and a copy get there".to_owned())
}

fn definition(field: &FieldReview, fields: &str) -> Option<String> {
    if fields.starts_with("spec.versions") && field.difference.new.is_none() {
        let reason = "what is stored in a version, or in a field, that goes is no longer served or is dropped when it is next written";
        return Some(reason.to_owned());
    }
    field
        .refused
        .then(|| "a definition that is deleted takes all objects of its kind with it".to_owned())
}

fn schedule(field: &FieldReview, fields: &str) -> Option<String> {
    let new = field.difference.new.as_ref();
    match fields {
        "spec.paused" if new == Some(&Json::Bool(true)) => {
            Some("no backup is made any more".to_owned())
        }
        "spec.template.includedNamespaces" | "spec.template.includedResources"
            if only_grows(field) =>
        {
            None
        }
        "spec.template.excludedNamespaces"
        | "spec.template.excludedResources"
        | "spec.template.includedNamespaces"
        | "spec.template.includedResources"
        | "spec.template.labelSelector" => {
            Some("what is backed up changes: see what is backed up below".to_owned())
        }
        "spec.template.snapshotVolumes" if new == Some(&Json::Bool(false)) => {
            Some("volumes are no longer part of the backup".to_owned())
        }
        _ => None,
    }
}

/// Whether a list says all that it said, and more; one that was not there, or has a star, meant everything.
fn only_grows(field: &FieldReview) -> bool {
    match (&field.difference.old, &field.difference.new) {
        (Some(Json::Array(old)), Some(Json::Array(new))) => {
            old.iter().all(|item| new.contains(item)) && !old.is_empty()
        }
        (None, Some(Json::String(_))) => true,
        _ => false,
    }
}

/// What else is to be known of a change of data.
pub(super) fn notes(change: &Change<'_>, review: &mut ObjectReview) {
    let is_claim = change.new.id.kind == "PersistentVolumeClaim";
    let grows = review
        .fields
        .iter()
        .any(|field| field.difference.path.fields() == "spec.resources.requests" && !field.refused);
    if is_claim && grows {
        review.no_way_back = Some("a volume that has grown never shrinks".to_owned());
    }
    let refuses_claims = review
        .fields
        .iter()
        .any(|field| field.refused && field.difference.path.is_below("spec.volumeClaimTemplates"));
    if refuses_claims {
        review.no_way_back = Some(
            "claims that have grown by hand never shrink; the old template is refused in the same way"
                .to_owned(),
        );
    }
    if review.effect == Effect::DataAtRisk && review.no_way_back.is_none() && !review.refused {
        review.no_way_back =
            Some("what is deleted meanwhile does not come back with the old commit".to_owned());
    }
}
