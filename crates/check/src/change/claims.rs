//! Claims and volumes: a claim may grow, and a volume stays where it is.

use serde_json::Value as Json;

use super::built_in::Update;
use crate::cluster::text;
use crate::pointer::Lookup;
use crate::quantity::Quantity;

/// The annotation that named the class before there was a field.
const OLD_CLASS: &str = "/metadata/annotations/volume.beta.kubernetes.io~1storage-class";

/// Judges what may change in some ways only.
pub(super) fn check(update: &mut Update<'_>) {
    let class = |value: &Json| text(value, OLD_CLASS).map(str::to_owned);
    if class(&update.before) != class(&update.after) {
        update.report(
            "metadata.annotations[volume.beta.kubernetes.io/storage-class]",
            "cannot change",
        );
    }
    size(update);
    // The class that a claim without one was given is not known, nor the volume that it was bound to.
    let given = |name: &str| update.was(&format!("spec.{name}")).is_none();
    let free: Vec<&str> = ["storageClassName", "volumeName"]
        .into_iter()
        .filter(|name| given(name) && update.after.lookup(&format!("/spec/{name}")).is_some())
        .collect();
    // A source that is no longer asked for is kept.
    let asks = ["dataSource", "dataSourceRef"]
        .iter()
        .any(|name| update.after.lookup(&format!("/spec/{name}")).is_some());
    let rest = |value: &Json| {
        let mut spec = value.get("spec")?.clone();
        let fields = spec.as_object_mut()?;
        let source = source(fields).filter(|_| asks);
        fields.extend(source.map(|source| ("dataSource".to_owned(), source)));
        fields.remove("volumeAttributesClassName");
        fields.retain(|name, _| !free.contains(&name.as_str()));
        if let Some(resources) = fields.get_mut("resources").and_then(Json::as_object_mut)
            && let Some(requests) = resources.get_mut("requests").and_then(Json::as_object_mut)
        {
            requests.remove("storage");
        }
        Some(spec)
    };
    let (old, new) = (rest(&update.before), rest(&update.after));
    update.same("spec", old.as_ref(), new.as_ref());
}

/// What the volume is filled from: the server keeps both of its names the same, and forgets what it cannot fill from.
fn source(fields: &mut serde_json::Map<String, Json>) -> Option<Json> {
    let (old, new) = (fields.remove("dataSource"), fields.remove("dataSourceRef"));
    let fills = |source: &Json| {
        let kind = (
            text(source, "/apiGroup").unwrap_or_default(),
            text(source, "/kind"),
        );
        matches!(
            kind,
            ("", Some("PersistentVolumeClaim"))
                | ("snapshot.storage.k8s.io", Some("VolumeSnapshot"))
        )
    };
    new.or(old.filter(fills))
}

/// A claim may only grow.
fn size(update: &mut Update<'_>) {
    let path = "spec.resources.requests.storage";
    let amount = |value: Option<&Json>| value.and_then(Json::as_str).and_then(Quantity::parse);
    let (old, new) = (amount(update.was(path)), amount(update.becomes(path)));
    if old.zip(new).is_some_and(|(old, new)| new < old) {
        update.report(path, "a claim can only grow");
    }
}

/// The secret for growing a volume may be named later; nothing else of its source changes.
pub(super) fn volume(update: &mut Update<'_>) {
    let has_secret = update.was("spec.csi.controllerExpandSecretRef").is_some();
    let except: &[&str] = if has_secret {
        &[]
    } else {
        &["controllerExpandSecretRef"]
    };
    update.keep("spec.csi", except);
}
