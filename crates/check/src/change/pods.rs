//! Pods: little may change but the images.

use serde_json::Value as Json;

use super::built_in::{Update, items};
use super::difference::shown;
use crate::pointer::Lookup;

/// Judges what may change in some ways only.
pub(super) fn check(update: &mut Update<'_>) {
    for containers in ["containers", "initContainers"] {
        let count = |value: &Json| items(value, &format!("/spec/{containers}")).len();
        if count(&update.before) != count(&update.after) {
            let message = "no container can be added to a pod or taken away from it";
            update.report(&format!("spec.{containers}"), message);
            return;
        }
    }
    deadline(update);
    tolerations(update);
    gates(update);
    let is_gated = !items(&update.before, "/spec/schedulingGates").is_empty();
    if is_gated {
        node_selector(update);
    }
    let (old, mut new) = (
        rest(&update.before, is_gated),
        rest(&update.after, is_gated),
    );
    if let (Some(old), Some(new)) = (&old, &mut new) {
        keep_pull_policies(update.written, old, new);
    }
    update.same("spec", old.as_ref(), new.as_ref());
}

/// What may not change at all.
fn rest(pod: &Json, is_gated: bool) -> Option<Json> {
    let mut spec = pod.get("spec")?.clone();
    for containers in ["containers", "initContainers"] {
        let containers = spec.get_mut(containers).and_then(Json::as_array_mut);
        for container in containers.into_iter().flatten() {
            if let Some(fields) = container.as_object_mut() {
                fields.remove("image");
            }
        }
    }
    let fields = spec.as_object_mut()?;
    for name in [
        "activeDeadlineSeconds",
        "tolerations",
        "schedulingGates",
        "ephemeralContainers",
    ] {
        fields.remove(name);
    }
    if is_gated {
        fields.remove("nodeSelector");
        let affinity = fields.get_mut("affinity").and_then(Json::as_object_mut);
        let is_empty = affinity.is_some_and(|affinity| {
            affinity.remove("nodeAffinity").is_some() && affinity.is_empty()
        });
        if is_empty {
            fields.remove("affinity");
        }
    }
    Some(spec)
}

/// What the server made of the first image of a container without a policy of its own is kept with the next one.
fn keep_pull_policies(written: (&Json, &Json), old: &Json, new: &mut Json) {
    for containers in ["containers", "initContainers"] {
        for index in 0..items(old, &format!("/{containers}")).len() {
            let policy = format!("/{containers}/{index}/imagePullPolicy");
            let is_written = |pod: &Json| pod.lookup(&format!("/spec{policy}")).is_some();
            if is_written(written.0) || is_written(written.1) {
                continue;
            }
            if let (Some(old), Some(new)) = (old.lookup(&policy), new.pointer_mut(&policy)) {
                new.clone_from(old);
            }
        }
    }
}

/// A deadline may come, and come nearer.
fn deadline(update: &mut Update<'_>) {
    let path = "spec.activeDeadlineSeconds";
    let seconds = |value: Option<&Json>| value.and_then(Json::as_i64);
    let Some(old) = seconds(update.was(path)) else {
        return;
    };
    if seconds(update.becomes(path)).is_none_or(|new| new > old) {
        let message = format!(
            "can only come nearer: it is {old}, and would be {}",
            shown(update.becomes(path))
        );
        update.report(path, message);
    }
}

/// Tolerations may be added, and last longer or shorter.
fn tolerations(update: &mut Update<'_>) {
    let lasting = |toleration: &Json| {
        let mut toleration = toleration.clone();
        if let Some(fields) = toleration.as_object_mut() {
            fields.remove("tolerationSeconds");
        }
        toleration
    };
    let of = |value: &Json| -> Vec<Json> {
        items(value, "/spec/tolerations")
            .iter()
            .map(lasting)
            .collect()
    };
    let (old, new) = (of(&update.before), of(&update.after));
    if let Some(gone) = old.iter().find(|old| !new.contains(old)) {
        let message = format!(
            "tolerations can only be added: {} would go",
            shown(Some(gone))
        );
        update.report("spec.tolerations", message);
    }
}

/// Gates may only go.
fn gates(update: &mut Update<'_>) {
    let old = items(&update.before, "/spec/schedulingGates");
    let new = items(&update.after, "/spec/schedulingGates");
    let added = new.iter().find(|gate| !old.contains(gate));
    if let Some(gate) = added.map(|gate| shown(Some(gate))) {
        update.report(
            "spec.schedulingGates",
            format!("gates can only be taken away: {gate} would be added"),
        );
    }
}

/// Before it is scheduled, a pod may be given more to choose its node by.
fn node_selector(update: &mut Update<'_>) {
    let labels =
        |value: Option<&Json>| value.and_then(Json::as_object).cloned().unwrap_or_default();
    let path = "spec.nodeSelector";
    let (old, new) = (labels(update.was(path)), labels(update.becomes(path)));
    if old.iter().any(|(key, value)| new.get(key) != Some(value)) {
        update.report(path, "labels can only be added before the pod is scheduled");
    }
}
