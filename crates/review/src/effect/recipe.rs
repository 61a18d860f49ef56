//! How to get by hand to what the API server refuses.

use check::capacity::Quantity;
use serde_json::Value as Json;

use super::gone::address;
use super::{Around, Change};
use crate::model::FieldReview;

/// The steps for an object with fields that never change.
pub(super) fn of(around: &Around<'_>, change: &Change<'_>, fields: &[FieldReview]) -> Vec<String> {
    let object = address(change.new);
    let refused = |start: &str| {
        fields
            .iter()
            .any(|field| field.refused && field.difference.path.fields().starts_with(start))
    };
    let delete = |what: &str| format!("kubectl delete {object}{what}");
    let sync = match around.argocd.of(change.new) {
        Some(application) => format!("argocd app sync {}", application.id.name),
        None => "apply the new object".to_owned(),
    };
    match (change.new.id.group(), change.new.id.kind.as_ref()) {
        ("apps", "StatefulSet") => stateful_set(change, &object, refused("spec.volumeClaimTemplates"), &sync),
        ("apps", "Deployment" | "DaemonSet" | "ReplicaSet") => vec![
            "to keep the pods meanwhile, give the new one another name and delete the old one once its successor is ready".to_owned(),
            format!("else: {} (its pods stop), then {sync}", delete("")),
        ],
        ("batch", "Job") => vec![
            format!("{} --cascade=foreground", delete("")),
            sync,
            "for a Job that is meant to run anew each time: the sync options Force=true,Replace=true, or a hook".to_owned(),
        ],
        ("", "PersistentVolumeClaim") => vec![
            "make a snapshot of the claim".to_owned(),
            "make a claim of another name as it should be, with the snapshot as its dataSource, and move its users to it".to_owned(),
            format!("once the data are seen to be there: {}", delete("")),
        ],
        ("", "Service") => vec![
            format!("{} and at once {sync}: its address changes, and it answers nobody in between", delete("")),
        ],
        ("", "ConfigMap" | "Secret") => vec![
            "give the new content a new name, and let its users refer to that".to_owned(),
            format!("else: {}, then {sync}, then restart its users", delete("")),
        ],
        ("storage.k8s.io", "StorageClass") => vec![
            "give the new class a new name; claims keep the class they were made with".to_owned(),
            format!("else: {}, then {sync}: claims and volumes stay as they are", delete("")),
        ],
        ("rbac.authorization.k8s.io", _) => vec![
            format!("{}, then {sync}: the rights are gone in between", delete("")),
            format!("or once by hand: kubectl auth reconcile -f {}", change.new.source.file.clone().unwrap_or_default()),
        ],
        _ => vec![
            "give the new object another name, where others can refer to both".to_owned(),
            format!("else: {}, then {sync}", delete("")),
        ],
    }
}

fn stateful_set(
    change: &Change<'_>,
    object: &str,
    touches_claims: bool,
    sync: &str,
) -> Vec<String> {
    let mut steps = vec![format!(
        "kubectl delete {object} --cascade=orphan (its pods and claims stay and go on serving)"
    )];
    if touches_claims {
        let grown = grown(change);
        if grown.is_empty() {
            steps.push(
                "claims keep what they were made with: new claims and a copy, one pod at a time"
                    .to_owned(),
            );
        }
        steps.extend(grown);
    }
    steps.push(format!(
        "{sync}: the new set adopts the pods by their labels"
    ));
    steps
}

/// How the claims grow by hand, where more storage is all that is asked for.
fn grown(change: &Change<'_>) -> Vec<String> {
    let templates = |object: &Json| {
        let templates = object.pointer("/spec/volumeClaimTemplates");
        templates
            .and_then(Json::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let size = |template: &Json| {
        let storage = template.pointer("/spec/resources/requests/storage")?;
        Quantity::parse(storage.as_str()?)
    };
    let without_size = |template: &Json| {
        let mut template = template.clone();
        if let Some(size) = template.pointer_mut("/spec/resources/requests/storage") {
            size.take();
        }
        template
    };
    let (before, after) = (templates(&change.before), templates(&change.after));
    let only_grow = before.len() == after.len()
        && before.iter().zip(&after).all(|(before, after)| {
            without_size(before) == without_size(after) && size(before) <= size(after)
        });
    if !only_grow {
        return Vec::new();
    }
    let replicas = change.after.pointer("/spec/replicas");
    let last = replicas
        .and_then(Json::as_u64)
        .unwrap_or(1)
        .saturating_sub(1);
    let namespace = change.new.id.namespace.as_deref().unwrap_or("default");
    let pairs = before.iter().zip(&after);
    let steps = pairs
        .filter(|(before, after)| before != after)
        .map(|(_, after)| {
            let text = |pointer: &str| after.pointer(pointer).and_then(Json::as_str).unwrap_or_default();
            format!(
                "for each n of 0 to {last}: kubectl patch pvc -n {namespace} {}-{}-<n> --type merge -p '{{\"spec\":{{\"resources\":{{\"requests\":{{\"storage\":\"{}\"}}}}}}}}' (its class must let claims grow)",
                text("/metadata/name"),
                change.new.id.name,
                text("/spec/resources/requests/storage"),
            )
        });
    steps.collect()
}
