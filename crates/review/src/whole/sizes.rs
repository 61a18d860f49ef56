//! What drives the bill: pods at the least and at the most, storage, and machines.

use std::collections::BTreeMap;

use check::Document;
use check::capacity::{Quantity, shown};
use serde_json::Value as Json;

use super::{Both, items, tell, text};
use crate::effect::Around;
use crate::model::{Direction, Topic, WholeChange, title};
use crate::tree::Side;

/// Says which numbers of pods, machines and bytes differ.
pub(super) fn compare(around: &Around<'_>, both: &[Both<'_>], found: &mut Vec<WholeChange>) {
    for both in both {
        let Some(document) = both.any() else { continue };
        let name = title(&document.id);
        let (before, after) = (
            sizes(around, Side::Base, both.old),
            sizes(around, Side::Head, both.new),
        );
        for (what, new) in &after {
            let old = before.get(what);
            let line = match old {
                Some(old) if old == new => continue,
                Some(old) => format!("{name}: {what} {old} → {new}"),
                None => format!("{name}: {what} {new}"),
            };
            let direction = if old.is_some() {
                Direction::Changed
            } else {
                Direction::Opened
            };
            tell(found, Topic::Capacity, direction, line);
        }
        for (what, old) in &before {
            if !after.contains_key(what) {
                let line = format!("{name}: {what} {old}");
                tell(found, Topic::Capacity, Direction::Closed, line);
            }
        }
    }
}

fn sizes(
    around: &Around<'_>,
    side: Side,
    document: Option<&Document>,
) -> BTreeMap<&'static str, String> {
    let mut found = BTreeMap::new();
    let Some(document) = document else {
        return found;
    };
    let number = |pointer: &str| document.value.pointer(pointer).and_then(Json::as_u64);
    match (document.id.group(), document.id.kind.as_ref()) {
        ("apps", "Deployment" | "StatefulSet") | ("argoproj.io", "Rollout") => {
            let replicas = number("/spec/replicas").unwrap_or(1);
            if around.is_scaled(side, document) {
                // The autoscaler has its own line.
            } else {
                found.insert("pods", replicas.to_string());
            }
            if let Some(storage) = claimed(&document.value, replicas) {
                found.insert("storage", storage);
            }
        }
        ("autoscaling", "HorizontalPodAutoscaler") => {
            let least = number("/spec/minReplicas").unwrap_or(1);
            let most = number("/spec/maxReplicas").unwrap_or(least);
            found.insert("pods", format!("{least} to {most}"));
        }
        ("", "PersistentVolumeClaim") => {
            if let Some(storage) = text(&document.value, "/spec/resources/requests/storage") {
                found.insert("storage", storage.to_owned());
            }
        }
        (group, kind) if group.ends_with("cluster.x-k8s.io") || group.starts_with("karpenter") => {
            machines(document, kind, &mut found);
        }
        _ => {}
    }
    found
}

/// The storage that all pods of a set claim.
fn claimed(value: &Json, replicas: u64) -> Option<String> {
    let spec = value.get("spec")?;
    let amounts = items(spec, "volumeClaimTemplates").filter_map(|template| {
        Quantity::parse(text(template, "/spec/resources/requests/storage")?)
    });
    let total = amounts.reduce(Quantity::plus)?;
    Some(shown("storage", total.times(replicas)))
}

fn machines(document: &Document, kind: &str, found: &mut BTreeMap<&'static str, String>) {
    let said = |pointer: &str| {
        document.value.pointer(pointer).map(|value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        })
    };
    if let Some(replicas) = said("/spec/replicas").filter(|_| kind.starts_with("Machine")) {
        found.insert("machines", replicas);
    }
    let (least, most) = (said("/spec/scaling/minSize"), said("/spec/scaling/maxSize"));
    if let (Some(least), Some(most)) = (least, most) {
        found.insert("machines", format!("{least} to {most}"));
    }
    for (what, pointer) in [
        ("machine type", "/spec/instanceType"),
        ("machine type", "/spec/template/spec/instanceType"),
        ("machine type", "/spec/awsLaunchTemplate/instanceType"),
        ("machine type", "/spec/machineType"),
        ("machine type", "/spec/sku"),
        ("CPU at most", "/spec/limits/cpu"),
        ("memory at most", "/spec/limits/memory"),
    ] {
        if let Some(value) = said(pointer) {
            found.insert(what, value);
        }
    }
}
