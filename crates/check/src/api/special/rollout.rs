//! Agreement in how workloads replace their pods, and in what surrounds the template of a pod.

use serde_json::Value as Json;

use super::fields::{ensure, has, inner, inside, items, lower_half, said, said_or, small, wrong};
use super::{Fields, Verdict};
use crate::syntax;

/// How many pods: a number or a percentage.
#[derive(Clone, Copy)]
enum Share {
    Number(i64),
    Percent(i64),
}

impl Share {
    /// The share of a field, or the default; nothing where the field has another syntax, which is told elsewhere.
    fn of(fields: &Fields, name: &str, default: Self) -> Option<Self> {
        match fields.get(name) {
            None | Some(Json::Null) => Some(default),
            Some(Json::String(text)) => text.strip_suffix('%')?.parse().ok().map(Self::Percent),
            Some(value) => value.as_i64().map(lower_half).map(Self::Number),
        }
    }

    fn is_zero(self) -> bool {
        matches!(self, Self::Number(0) | Self::Percent(0))
    }

    fn is_too_much(self) -> bool {
        matches!(self, Self::Percent(percent) if percent > 100)
    }
}

/// The rolling update of a Deployment moves, and a Recreate has none; progress is waited for longer than readiness.
pub(in crate::api) fn deployment_can_proceed(fields: &Fields) -> Verdict {
    let strategy = inside(fields, "strategy");
    let rolling = inside(strategy, "rollingUpdate");
    if said(strategy, "type") == "Recreate" {
        ensure(!has(strategy, "rollingUpdate"), "strategy", || {
            "Recreate has no rollingUpdate".to_owned()
        })?;
    } else {
        let quarter = Share::Percent(25);
        let unavailable = Share::of(rolling, "maxUnavailable", quarter);
        let surge = Share::of(rolling, "maxSurge", quarter);
        if let (Some(unavailable), Some(surge)) = (unavailable, surge)
            && unavailable.is_zero()
            && surge.is_zero()
        {
            return wrong("strategy", "maxUnavailable and maxSurge cannot both be 0");
        }
        ensure(
            !unavailable.is_some_and(Share::is_too_much),
            "strategy",
            || "maxUnavailable is above 100%".to_owned(),
        )?;
    }
    let patience = small(fields, "progressDeadlineSeconds").unwrap_or(600);
    let ready = small(fields, "minReadySeconds").unwrap_or(0);
    ensure(patience > ready, "progressDeadlineSeconds", || {
        format!("{patience} is not above minReadySeconds, which is {ready}")
    })
}

/// A DaemonSet either takes pods away first or adds new ones first.
pub(in crate::api) fn daemons_can_proceed(fields: &Fields) -> Verdict {
    let strategy = inside(fields, "updateStrategy");
    if said(strategy, "type") == "OnDelete" {
        return Ok(());
    }
    let rolling = inside(strategy, "rollingUpdate");
    let unavailable = Share::of(rolling, "maxUnavailable", Share::Number(1));
    let surge = Share::of(rolling, "maxSurge", Share::Number(0));
    let (Some(unavailable), Some(surge)) = (unavailable, surge) else {
        return Ok(());
    };
    if unavailable.is_too_much() || surge.is_too_much() {
        return wrong("updateStrategy", "no more than 100% of the pods");
    }
    match (unavailable.is_zero(), surge.is_zero()) {
        (false, false) => wrong(
            "updateStrategy",
            "maxSurge needs a maxUnavailable of 0, which is 1 where it is not set",
        ),
        (true, true) => wrong(
            "updateStrategy",
            "maxUnavailable and maxSurge cannot both be 0",
        ),
        _ => Ok(()),
    }
}

/// A StatefulSet that is replaced by hand has no rolling update.
pub(in crate::api) fn states_can_proceed(fields: &Fields) -> Verdict {
    let strategy = inside(fields, "updateStrategy");
    if said(strategy, "type") == "OnDelete" {
        return ensure(!has(strategy, "rollingUpdate"), "updateStrategy", || {
            "OnDelete has no rollingUpdate".to_owned()
        });
    }
    ensure(
        small(inside(fields, "ordinals"), "start").is_none_or(|start| start >= 0),
        "ordinals",
        || "they start from 0 or more".to_owned(),
    )?;
    Ok(())
}

/// Pods that are kept running have no deadline.
pub(in crate::api) fn pods_have_no_deadline(fields: &Fields) -> Verdict {
    let pod = inside(inside(fields, "template"), "spec");
    ensure(!has(pod, "activeDeadlineSeconds"), "template", || {
        "pods that are kept running have no activeDeadlineSeconds".to_owned()
    })
}

/// The pods of a replication controller have the labels that it counts.
pub(in crate::api) fn plain_selector_fits(fields: &Fields) -> Verdict {
    let labels = inside(inside(inside(fields, "template"), "metadata"), "labels");
    let selector = inside(fields, "selector");
    // Where there is none, the labels are the selector.
    ensure(
        !(selector.is_empty() && labels.is_empty()),
        "selector",
        || "it is empty, and so are the labels of the template".to_owned(),
    )?;
    let missing = selector
        .iter()
        .find(|(key, value)| labels.get(*key) != Some(value));
    match missing {
        None => Ok(()),
        Some((key, _)) => wrong(
            "selector",
            format!("the label {key:?} does not fit the labels of the template"),
        ),
    }
}

/// A map of labels below another field.
pub(super) fn labels_are_valid(fields: &Fields, field: &'static str, name: &str) -> Verdict {
    for (key, value) in inner(fields, name).into_iter().flatten() {
        let value = value.as_str().unwrap_or_default();
        if !syntax::is_qualified_name(key) || !syntax::is_label_value(value) {
            return wrong(field, format!("{key}={value} is no label"));
        }
    }
    Ok(())
}

/// The name that a pod of the template would give its host.
pub(in crate::api) fn template_names_its_host(fields: &Fields) -> Verdict {
    names_host(inside(inside(fields, "template"), "spec"), "template")
}

/// The name that a pod gives its host.
pub(in crate::api) fn pod_names_its_host(fields: &Fields) -> Verdict {
    names_host(inside(fields, "spec"), "spec")
}

fn names_host(pod: &Fields, field: &'static str) -> Verdict {
    for name in ["hostname", "subdomain"] {
        let text = said(pod, name);
        if !text.is_empty() && !syntax::is_label(text) {
            return wrong(
                field,
                format!("the {name} {text:?} is no name of lower-case letters, digits and `-`"),
            );
        }
    }
    Ok(())
}

/// Containers that are added to a running pod are in no template and in no new pod.
pub(in crate::api) fn nothing_is_ephemeral(fields: &Fields) -> Verdict {
    let pod = inside(fields, "spec");
    ensure(items(pod, "ephemeralContainers").is_empty(), "spec", || {
        "ephemeralContainers are added to a running pod only".to_owned()
    })?;
    let restart = said_or(pod, "restartPolicy", "Always");
    for container in super::fields::objects(pod, "containers") {
        resizing_fits(container, restart)?;
    }
    Ok(())
}

/// What happens to a container when its resources are changed.
fn resizing_fits(container: &Fields, restart: &str) -> Verdict {
    let mut seen = Vec::new();
    for policy in super::fields::objects(container, "resizePolicy") {
        let (resource, then) = (said(policy, "resourceName"), said(policy, "restartPolicy"));
        if seen.contains(&resource) || !matches!(resource, "cpu" | "memory") {
            return wrong("spec", "resizePolicy names cpu and memory once each");
        }
        seen.push(resource);
        if !matches!(then, "NotRequired" | "RestartContainer") {
            return wrong("spec", "resizePolicy is NotRequired or RestartContainer");
        }
        if restart == "Never" && then != "NotRequired" {
            return wrong(
                "spec",
                "pods that never restart need the resizePolicy NotRequired",
            );
        }
    }
    Ok(())
}

/// A budget is not about more than all pods.
pub(in crate::api) fn budget_is_possible(fields: &Fields) -> Verdict {
    for (name, field) in [
        ("minAvailable", "minAvailable"),
        ("maxUnavailable", "maxUnavailable"),
    ] {
        let share = Share::of(fields, name, Share::Number(0));
        ensure(!share.is_some_and(Share::is_too_much), field, || {
            "more than 100%".to_owned()
        })?;
    }
    Ok(())
}
