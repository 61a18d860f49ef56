//! Who uses a `ConfigMap` or Secret, and how its new content gets to them.

use std::collections::BTreeSet;

use check::Document;
use serde_json::Value as Json;

use super::{Around, Change};
use crate::model::{Effect, ObjectReview, title};
use crate::tree::{Side, Trees};

/// The kinds that run pods.
pub(super) const WORKLOADS: [&str; 9] = [
    "Deployment",
    "StatefulSet",
    "DaemonSet",
    "Rollout",
    "CronJob",
    "Job",
    "ReplicaSet",
    "ReplicationController",
    "Pod",
];

/// How a workload reads an object of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reads {
    /// As files that follow it within about a minute.
    Files,
    /// As single files, which never follow.
    SubPath,
    /// As variables, which never follow.
    Variables,
    /// In another way, as an image pull secret for instance.
    Otherwise,
}

/// Who uses objects of data.
pub(crate) struct Consumers;

impl Consumers {
    /// The workloads that read an object, and how.
    pub(crate) fn of<'t>(
        trees: &'t Trees,
        side: Side,
        kind: &str,
        namespace: Option<&str>,
        name: &str,
    ) -> Vec<(&'t Document, BTreeSet<Reads>)> {
        let workloads = trees.of_kinds(side, &WORKLOADS);
        let in_place = workloads.filter(|workload| workload.id.namespace.as_deref() == namespace);
        in_place
            .filter_map(|workload| {
                let reads = pod_spec(&workload.value).map(|spec| reads(spec, kind, name))?;
                (!reads.is_empty()).then_some((workload, reads))
            })
            .collect()
    }
}

fn pod_spec(value: &Json) -> Option<&Json> {
    let pointers = [
        "/spec/jobTemplate/spec/template/spec",
        "/spec/template/spec",
        "/spec",
    ];
    pointers.iter().find_map(|pointer| value.pointer(pointer))
}

fn items<'j>(value: &'j Json, name: &str) -> impl Iterator<Item = &'j Json> {
    value
        .get(name)
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
}

fn reads(spec: &Json, kind: &str, name: &str) -> BTreeSet<Reads> {
    let is_secret = kind == "Secret";
    let (source, name_field) = if is_secret {
        ("secret", "secretName")
    } else {
        ("configMap", "name")
    };
    let (from, key) = if is_secret {
        ("secretRef", "secretKeyRef")
    } else {
        ("configMapRef", "configMapKeyRef")
    };
    let named = |value: Option<&Json>, field: &str| {
        value.and_then(|value| value.get(field)?.as_str()) == Some(name)
    };
    let mut found = BTreeSet::new();
    let volumes: BTreeSet<&str> = items(spec, "volumes")
        .filter(|volume| {
            let projected = volume
                .get("projected")
                .into_iter()
                .flat_map(|projected| items(projected, "sources"));
            let mut projected = projected.map(|inner| inner.get(source));
            named(volume.get(source), name_field) || projected.any(|inner| named(inner, "name"))
        })
        .filter_map(|volume| volume.get("name")?.as_str())
        .collect();
    for container in items(spec, "containers").chain(items(spec, "initContainers")) {
        let from_all = items(container, "envFrom").any(|source| named(source.get(from), "name"));
        let from_key = items(container, "env").any(|variable| {
            named(
                variable.get("valueFrom").and_then(|value| value.get(key)),
                "name",
            )
        });
        if from_all || from_key {
            found.insert(Reads::Variables);
        }
        for mount in items(container, "volumeMounts") {
            let volume = mount.get("name").and_then(Json::as_str).unwrap_or_default();
            if volumes.contains(volume) {
                let is_part = mount.get("subPath").is_some() || mount.get("subPathExpr").is_some();
                found.insert(if is_part {
                    Reads::SubPath
                } else {
                    Reads::Files
                });
            }
        }
    }
    if is_secret && items(spec, "imagePullSecrets").any(|secret| named(Some(secret), "name")) {
        found.insert(Reads::Otherwise);
    }
    if kind == "ServiceAccount"
        && spec.get("serviceAccountName").and_then(Json::as_str) == Some(name)
    {
        found.insert(Reads::Otherwise);
    }
    found
}

/// The workloads that use an object, for one that goes.
pub(super) fn users_of(around: &Around<'_>, side: Side, document: &Document) -> Vec<String> {
    let namespace = document.id.namespace.as_deref();
    let (kind, name) = data_of(document);
    let found = Consumers::of(around.trees, side, kind, namespace, name);
    found
        .iter()
        .map(|(workload, _)| title(&workload.id))
        .collect()
}

/// The object of data that a document is or brings forth.
fn data_of(document: &Document) -> (&str, &str) {
    if document.id.kind == "ExternalSecret" {
        let target = document
            .value
            .pointer("/spec/target/name")
            .and_then(Json::as_str);
        return ("Secret", target.unwrap_or(&document.id.name));
    }
    (&document.id.kind, &document.id.name)
}

/// Says how new content gets to the pods that use it.
pub(super) fn notes(around: &Around<'_>, change: &Change<'_>, review: &mut ObjectReview) {
    let is_data = matches!(
        change.new.id.kind.as_ref(),
        "ConfigMap" | "Secret" | "ExternalSecret"
    );
    let touches_data = review.fields.iter().any(|field| {
        let fields = field.difference.path.fields();
        ["data", "binaryData", "stringData", "spec"]
            .iter()
            .any(|name| fields.starts_with(name))
    });
    if !is_data || !touches_data || review.refused {
        return;
    }
    let (kind, name) = data_of(change.new);
    let namespace = change.new.id.namespace.as_deref();
    let users = Consumers::of(around.trees, Side::Head, kind, namespace, name);
    let mut waiting = Vec::new();
    for (workload, reads) in users {
        let user = title(&workload.id);
        let runs_anew = matches!(workload.id.kind.as_ref(), "CronJob" | "Job");
        if runs_anew {
            review
                .notes
                .push(format!("{user} reads it at its next run"));
        } else if template_changes(around, workload) {
            review.notes.push(format!(
                "{user} restarts with it, as its template changes too"
            ));
            review.effect = review.effect.max(Effect::Restart);
            if review.effect == Effect::Restart {
                review.reason = format!("{user} restarts with it");
            }
        } else if reads.contains(&Reads::Variables) || reads.contains(&Reads::SubPath) {
            waiting.push(user);
        } else if reads.contains(&Reads::Files) {
            review.notes.push(format!("{user} finds the new files within about a minute, and restarts for it only by itself"));
        }
    }
    if !waiting.is_empty() {
        review.notes.push(format!(
            "{} reads it as variables or single files: its pods have the old content until they restart (kubectl rollout restart)",
            waiting.join(", ")
        ));
    }
}

/// Whether the pod template of a workload differs between both states.
fn template_changes(around: &Around<'_>, workload: &Document) -> bool {
    let changed = around.trees.changed(Side::Base);
    let before = changed
        .iter()
        .find(|document| document.id.is_same_object(&workload.id));
    before.is_some_and(|before| {
        before.value.pointer("/spec/template") != workload.value.pointer("/spec/template")
    })
}
