//! Agreement inside of autoscalers.

use serde_json::Value as Json;

use super::{Fields, Verdict, is_there};
use crate::cluster::text;

fn said<'f>(fields: &'f Fields, name: &str) -> &'f str {
    fields.get(name).and_then(Json::as_str).unwrap_or_default()
}

/// The minimum of an autoscaler is not above its maximum.
pub(in crate::api) fn minimum_within_maximum(fields: &Fields) -> Verdict {
    let of = |name: &str| fields.get(name).and_then(Json::as_i64);
    match (of("minReplicas"), of("maxReplicas")) {
        (Some(least), Some(most)) if least > most => Err((
            "minReplicas",
            format!("minReplicas {least} is above maxReplicas {most}"),
        )),
        _ => Ok(()),
    }?;
    // Pods that are not there have neither load nor memory that could bring them back.
    let metrics = fields
        .get("metrics")
        .and_then(Json::as_array)
        .into_iter()
        .flatten();
    let wakes = metrics
        .filter_map(|metric| text(metric, "/type"))
        .any(|kind| matches!(kind, "External" | "Object"));
    if of("minReplicas") == Some(0) && !wakes {
        return Err((
            "minReplicas",
            "0 needs a metric of type Object or External".to_owned(),
        ));
    }
    Ok(())
}

/// A metric says what its type announces.
pub(in crate::api) fn metric_fits_type(fields: &Fields) -> Verdict {
    let kind = fields
        .get("type")
        .and_then(Json::as_str)
        .unwrap_or_default();
    let field = kind
        .get(..1)
        .map(|first| first.to_lowercase() + &kind[1..])
        .unwrap_or_default();
    if is_there(fields, &field) {
        Ok(())
    } else {
        Err((
            "type",
            format!("a metric of type {kind:?} needs the field of that name"),
        ))
    }
}

/// What an autoscaler aims at has an API group.
pub(in crate::api) fn target_has_a_group(fields: &Fields) -> Verdict {
    let Some(target) = fields
        .get("scaleTargetRef")
        .filter(|target| target.is_object())
    else {
        return Ok(());
    };
    let version = text(target, "/apiVersion").unwrap_or_default();
    let is_old = text(target, "/kind") == Some("ReplicationController") && version == "v1";
    if version.contains('/') || is_old {
        Ok(())
    } else {
        Err((
            "scaleTargetRef",
            format!("the apiVersion {version:?} names no API group; `apps/v1` does"),
        ))
    }
}

/// A version is `v1` or `group/v1`.
pub(in crate::api) fn version_has_one_group(fields: &Fields) -> Verdict {
    let version = said(fields, "apiVersion");
    if version.matches('/').count() <= 1 {
        Ok(())
    } else {
        Err((
            "apiVersion",
            format!("{version:?} is no version such as `apps/v1`"),
        ))
    }
}
