//! Agreement between a pod, or a template of one, and the annotations that are read from it.

use serde_json::Value as Json;

use super::fields::{ensure, has, inner, inside, objects, said, wrong};
use super::pod::containers;
use super::{Fields, Verdict, toleration_says_what, toleration_value_fits};

const ARMOR_OF_CONTAINER: &str = "container.apparmor.security.beta.kubernetes.io/";
const SECCOMP_OF_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_OF_CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";
const LOCALHOST: &str = "localhost/";
const COST: &str = "controller.kubernetes.io/pod-deletion-cost";

fn annotations(fields: &Fields) -> &Fields {
    inside(inside(fields, "metadata"), "annotations")
}

fn texts(annotations: &Fields) -> impl Iterator<Item = (&str, &str)> {
    annotations
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_str().unwrap_or_default()))
}

/// Annotations that the server reads say what it understands.
pub(in crate::api) fn pod_annotations_fit(fields: &Fields) -> Verdict {
    let annotations = annotations(fields);
    if annotations.is_empty() {
        return Ok(());
    }
    let pod = inside(fields, "spec");
    let is_mirror = annotations.contains_key("kubernetes.io/config.mirror");
    ensure(
        !is_mirror || !said(pod, "nodeName").is_empty(),
        "metadata",
        || "the mirror of a pod names its node".to_owned(),
    )?;
    tolerations_can_be_read(said(
        annotations,
        "scheduler.alpha.kubernetes.io/tolerations",
    ))?;
    if annotations.contains_key(COST) {
        let cost = said(annotations, COST);
        ensure(is_cost(cost), "metadata", || {
            format!("the annotation {COST} is {cost:?}, no whole number of 32 bits")
        })?;
    }
    for (key, value) in texts(annotations) {
        if key == SECCOMP_OF_POD || key.starts_with(SECCOMP_OF_CONTAINER) {
            ensure(is_seccomp(value), "metadata", || {
                format!("the annotation {key} is {value:?}, no profile of seccomp")
            })?;
        }
        if let Some(name) = key.strip_prefix(ARMOR_OF_CONTAINER) {
            let mut names = containers(pod).map(|(_, container)| said(container, "name"));
            ensure(names.any(|known| known == name), "metadata", || {
                format!("an annotation is about the container {name:?}, which is not there")
            })?;
            ensure(is_armor(value), "metadata", || {
                format!("the annotation {key} is {value:?}, no profile of AppArmor")
            })?;
        }
    }
    Ok(())
}

/// A number without a plus or a zero before it.
fn is_cost(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let begins_well = text == "0" || digits.starts_with(|first: char| matches!(first, '1'..='9'));
    begins_well && text.parse::<i32>().is_ok()
}

fn is_seccomp(text: &str) -> bool {
    match text.strip_prefix(LOCALHOST) {
        Some(path) => !path.starts_with('/') && path.split('/').all(|part| part != ".."),
        None => matches!(text, "runtime/default" | "docker/default" | "unconfined"),
    }
}

fn is_armor(text: &str) -> bool {
    matches!(text, "" | "runtime/default" | "unconfined") || text.starts_with(LOCALHOST)
}

fn tolerations_can_be_read(text: &str) -> Verdict {
    if text.is_empty() {
        return Ok(());
    }
    let read: Result<Option<Vec<Fields>>, _> = serde_json::from_str(text);
    let Ok(tolerations) = read else {
        return wrong("metadata", "the annotation of tolerations cannot be read");
    };
    for toleration in tolerations.into_iter().flatten() {
        let verdict =
            toleration_says_what(&toleration).and_then(|()| toleration_value_fits(&toleration));
        if let Err((_, message)) = verdict {
            return wrong(
                "metadata",
                format!("the annotation of tolerations: {message}"),
            );
        }
    }
    Ok(())
}

/// Annotations of old and the fields that followed them do not say different things about a new pod.
pub(in crate::api) fn profiles_of_pod_agree(fields: &Fields) -> Verdict {
    let annotations = annotations(fields);
    if annotations.is_empty() {
        return Ok(());
    }
    let pod = inside(fields, "spec");
    let agree = |key: &str, holder: &Fields| {
        let profile = inner(inside(holder, "securityContext"), "seccompProfile");
        let said = annotations.get(key).and_then(Json::as_str);
        match (said, profile) {
            (Some(annotation), Some(profile)) => ensure(
                is_same(annotation, profile, &["runtime/default", "docker/default"]),
                "metadata",
                || format!("the annotation {key} and the field seccompProfile differ"),
            ),
            _ => Ok(()),
        }
    };
    agree(SECCOMP_OF_POD, pod)?;
    for (_, container) in containers(pod) {
        let key = format!("{SECCOMP_OF_CONTAINER}{}", said(container, "name"));
        agree(&key, container)?;
    }
    armor_agrees(annotations, pod, true)
}

/// As [`profiles_of_pod_agree`], of a template.
pub(in crate::api) fn profiles_of_template_agree(fields: &Fields) -> Verdict {
    armor_agrees(annotations(fields), inside(fields, "spec"), false)
}

fn armor_agrees(annotations: &Fields, pod: &Fields, is_pod: bool) -> Verdict {
    if annotations.is_empty() || said(inside(pod, "os"), "name") == "windows" {
        return Ok(());
    }
    let of_pod = inner(inside(pod, "securityContext"), "appArmorProfile");
    for (_, container) in containers(pod) {
        let name = said(container, "name");
        let key = format!("{ARMOR_OF_CONTAINER}{name}");
        let Some(annotation) = annotations.get(&key).and_then(Json::as_str) else {
            continue;
        };
        let own = inner(inside(container, "securityContext"), "appArmorProfile");
        // In a pod, the annotation becomes the field of a container that has none.
        let is_taken_over = is_pod
            && own.is_none()
            && (matches!(annotation, "runtime/default" | "unconfined")
                || (annotation.starts_with(LOCALHOST) && annotation != LOCALHOST));
        let Some(profile) = own.or(of_pod).filter(|_| !is_taken_over) else {
            continue;
        };
        ensure(
            is_same(annotation, profile, &["runtime/default"]),
            "metadata",
            || format!("the annotation {key} and the field appArmorProfile differ"),
        )?;
    }
    Ok(())
}

/// Whether an annotation names the profile of a field.
fn is_same(annotation: &str, profile: &Fields, defaults: &[&str]) -> bool {
    match said(profile, "type") {
        "Unconfined" => annotation == "unconfined",
        "RuntimeDefault" => defaults.contains(&annotation),
        "Localhost" => {
            annotation.strip_prefix(LOCALHOST) == Some(said(profile, "localhostProfile"))
        }
        _ => true,
    }
}

/// What the server computes for a pod is not set to something else.
pub(in crate::api) fn nothing_computed_is_set(fields: &Fields) -> Verdict {
    let pod = inside(fields, "spec");
    ensure(
        !has(pod, "overhead") || !said(pod, "runtimeClassName").is_empty(),
        "spec",
        || "overhead comes from a runtime class, and none is named".to_owned(),
    )?;
    let computed = match said(pod, "priorityClassName") {
        "" => 0,
        "system-cluster-critical" => 2_000_000_000,
        "system-node-critical" => 2_000_001_000,
        _ => return Ok(()),
    };
    let priority = super::fields::small(pod, "priority");
    ensure(
        priority.is_none_or(|priority| priority == computed),
        "spec",
        || format!("the priority comes from the priorityClassName, and is {computed}"),
    )?;
    let policy = said(pod, "preemptionPolicy");
    ensure(
        matches!(policy, "" | "PreemptLowerPriority"),
        "spec",
        || "the preemptionPolicy comes from the priorityClassName".to_owned(),
    )
}

/// Keys that the server adds to the selectors of a new pod are not in them already.
pub(in crate::api) fn own_keys_are_new(fields: &Fields) -> Verdict {
    let pod = inside(fields, "spec");
    let labels = inside(inside(fields, "metadata"), "labels");
    for constraint in objects(pod, "topologySpreadConstraints") {
        for key in super::fields::texts(constraint, "matchLabelKeys") {
            let selector = inside(constraint, "labelSelector");
            let is_selected = inside(selector, "matchLabels").contains_key(key)
                || objects(selector, "matchExpressions").any(|other| said(other, "key") == key);
            ensure(!(is_selected && labels.contains_key(key)), "spec", || {
                format!("{key:?} is in the selector already")
            })?;
        }
    }
    Ok(())
}
