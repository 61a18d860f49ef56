//! Agreement inside of autoscalers.

use serde_json::Value as Json;

use super::fields::{ensure, has, inner, inside, said};
use super::{Fields, Verdict, is_there, quantity};
use crate::cluster::text;

/// The minimum of an autoscaler is not above its maximum.
pub(in crate::api) fn minimum_within_maximum(fields: &Fields) -> Verdict {
    let of = |name: &str| super::fields::small(fields, name);
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
    let has_group = version
        .split_once('/')
        .is_some_and(|(group, _)| !group.is_empty());
    if has_group || is_old {
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

/// What a metric is compared with: more than nothing.
pub(in crate::api) fn target_is_positive(fields: &Fields) -> Verdict {
    for (name, field) in [("value", "value"), ("averageValue", "averageValue")] {
        let amount = fields
            .get(name)
            .filter(|value| !value.is_null())
            .and_then(quantity);
        ensure(amount.is_none_or(|amount| amount.sign() > 0), field, || {
            "must be more than 0".to_owned()
        })?;
    }
    Ok(())
}

/// A metric is compared with what metrics of its type are compared with.
pub(in crate::api) fn sources_have_targets(fields: &Fields) -> Verdict {
    let target = |source: &str| inner(fields, source).map(|source| inside(source, "target"));
    for source in ["resource", "containerResource"] {
        if let Some(target) = target(source) {
            let both = has(target, "averageUtilization") == has(target, "averageValue");
            ensure(!both, "type", || {
                format!("the target of {source} is either averageUtilization or averageValue")
            })?;
        }
    }
    if let Some(target) = target("pods") {
        ensure(has(target, "averageValue"), "pods", || {
            "the target of pods is an averageValue".to_owned()
        })?;
    }
    if let Some(target) = target("object") {
        let any = has(target, "value") || has(target, "averageValue");
        ensure(any, "object", || {
            "the target of object is a value or an averageValue".to_owned()
        })?;
    }
    if let Some(target) = target("external") {
        let one = has(target, "value") != has(target, "averageValue");
        ensure(one, "external", || {
            "the target of external is either a value or an averageValue".to_owned()
        })?;
    }
    Ok(())
}

/// Rules of scaling that are written out have policies.
pub(in crate::api) fn policies_are_there(fields: &Fields) -> Verdict {
    let is_empty = fields
        .get("policies")
        .and_then(Json::as_array)
        .is_some_and(Vec::is_empty);
    ensure(!is_empty, "policies", || {
        "at least one is needed".to_owned()
    })?;
    let tolerance = fields.get("tolerance").and_then(quantity);
    ensure(
        tolerance.is_none_or(|tolerance| tolerance.sign() >= 0),
        "tolerance",
        || "must be 0 or more".to_owned(),
    )
}
