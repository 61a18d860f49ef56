//! The demands of the restricted level, and what the baseline has in their place.

use serde_json::Value as Json;

use super::{Pod, Violation, set};
use crate::cluster::{list, text};
use crate::pointer::Lookup;

/// The capabilities that the baseline lets a container add: those that it has by default.
const DEFAULT_CAPABILITIES: [&str; 13] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

/// The sources of volumes that hold nothing of the node and need no credentials.
const SAFE_VOLUMES: [&str; 9] = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

pub(super) fn volumes(pod: &Pod<'_, '_>, found: &mut Vec<Violation>) {
    for (index, volume) in list(pod.template.spec, "/volumes") {
        let has = |source: &str| volume.get(source).is_some_and(|value| !value.is_null());
        let name = text(volume, "/name").unwrap_or_default();
        if pod.is_restricted() {
            let is_safe = SAFE_VOLUMES.iter().any(|source| has(source));
            let sources = volume.as_object().into_iter().flatten();
            let mut sources = sources.filter(|(key, value)| *key != "name" && !value.is_null());
            // A volume without a source is an emptyDir.
            if let Some((source, _)) = sources.next().filter(|_| !is_safe) {
                let message = format!("volume {name} is made of {source}");
                found.push(pod.fault(&format!("volumes[{index}]"), message));
            }
        } else if let Some(host) = set(volume, "/hostPath") {
            let path = text(host, "/path").unwrap_or_default();
            let message = format!("volume {name} is {path} of the node");
            found.push(pod.fault(&format!("volumes[{index}].hostPath"), message));
        }
    }
}

pub(super) fn capabilities(pod: &Pod<'_, '_>, found: &mut Vec<Violation>) {
    let is_strict = pod.is_restricted() && pod.since(22);
    if is_strict && pod.is_exempt_windows() {
        return;
    }
    for container in pod.containers() {
        let words = |pointer| {
            let listed = list(container.value, pointer);
            listed.filter_map(|(index, word)| Some((index, word.as_str()?)))
        };
        if is_strict && !words("/securityContext/capabilities/drop").any(|(_, word)| word == "ALL")
        {
            let message = format!(
                "container {} does not drop ALL capabilities",
                container.name()
            );
            found.push(pod.fault_in(&container, "securityContext.capabilities.drop", message));
        }
        for (index, word) in words("/securityContext/capabilities/add") {
            let is_allowed = if is_strict {
                word == "NET_BIND_SERVICE"
            } else {
                DEFAULT_CAPABILITIES.contains(&word)
            };
            if !is_allowed {
                let message = format!("container {} adds the capability {word}", container.name());
                let field = format!("securityContext.capabilities.add[{index}]");
                found.push(pod.fault_in(&container, &field, message));
            }
        }
    }
}

pub(super) fn seccomp(pod: &Pod<'_, '_>, found: &mut Vec<Violation>) {
    const POINTER: &str = "/securityContext/seccompProfile/type";
    const FIELD: &str = "securityContext.seccompProfile.type";
    if !pod.since(19) {
        return seccomp_annotations(pod, found);
    }
    if pod.is_restricted() && pod.is_exempt_windows() {
        return;
    }
    let is_safe = |profile: &str| matches!(profile, "RuntimeDefault" | "Localhost");
    let of_pod = text(pod.template.spec, POINTER);
    if let Some(profile) = of_pod.filter(|profile| !is_safe(profile)) {
        found.push(pod.fault(FIELD, format!("the seccomp profile is {profile}")));
    }
    for container in pod.containers() {
        // A profile without a type counts as one of its own.
        let own = set(container.value, "/securityContext/seccompProfile");
        match own.map(|_| text(container.value, POINTER).unwrap_or_default()) {
            Some(profile) if !is_safe(profile) => {
                let message = format!(
                    "the seccomp profile of container {} is {profile}",
                    container.name()
                );
                found.push(pod.fault_in(&container, FIELD, message));
            }
            None if pod.is_restricted() && !of_pod.is_some_and(is_safe) => {
                let message = format!("container {} has no seccomp profile", container.name());
                found.push(pod.fault_in(&container, "securityContext.seccompProfile", message));
            }
            _ => {}
        }
    }
}

/// Until 1.18 the profile was named by annotations, and nothing demanded one.
fn seccomp_annotations(pod: &Pod<'_, '_>, found: &mut Vec<Violation>) {
    let Some(annotations) = pod.template.annotations() else {
        return;
    };
    let of_containers = pod.containers().map(|container| {
        format!(
            "container.seccomp.security.alpha.kubernetes.io/{}",
            container.name()
        )
    });
    let keys = ["seccomp.security.alpha.kubernetes.io/pod".to_owned()];
    for key in keys.into_iter().chain(of_containers) {
        let Some(profile) = annotations.get(&key).and_then(Json::as_str) else {
            continue;
        };
        if !matches!(profile, "runtime/default" | "docker/default")
            && !profile.starts_with("localhost/")
        {
            found.push(Violation {
                path: format!("{}.annotations", pod.template.metadata_path()),
                message: format!("the annotation {key} names the profile {profile}"),
            });
        }
    }
}

pub(super) fn privilege_escalation(pod: &Pod<'_, '_>, found: &mut Vec<Violation>) {
    const FIELD: &str = "securityContext.allowPrivilegeEscalation";
    if !pod.is_restricted() || !pod.since(8) || pod.is_exempt_windows() {
        return;
    }
    for container in pod.containers() {
        let allowed = container
            .value
            .lookup("/securityContext/allowPrivilegeEscalation");
        if allowed != Some(&Json::Bool(false)) {
            let message = format!(
                "container {} may gain more privileges than it starts with",
                container.name()
            );
            found.push(pod.fault_in(&container, FIELD, message));
        }
    }
}

pub(super) fn run_as_non_root(pod: &Pod<'_, '_>, found: &mut Vec<Violation>) {
    const POINTER: &str = "/securityContext/runAsNonRoot";
    const FIELD: &str = "securityContext.runAsNonRoot";
    if !pod.is_restricted() || pod.has_own_users() {
        return;
    }
    let of_pod = pod.spec(POINTER).and_then(Json::as_bool);
    if of_pod == Some(false) {
        found.push(pod.fault(FIELD, "the pods may run as root"));
    }
    for container in pod.containers() {
        let own = container.value.lookup(POINTER).and_then(Json::as_bool);
        if own == Some(false) || (own.is_none() && of_pod != Some(true)) {
            let message = format!("container {} may run as root", container.name());
            found.push(pod.fault_in(&container, FIELD, message));
        }
    }
}

pub(super) fn run_as_user(pod: &Pod<'_, '_>, found: &mut Vec<Violation>) {
    const POINTER: &str = "/securityContext/runAsUser";
    const FIELD: &str = "securityContext.runAsUser";
    if !pod.is_restricted() || !pod.since(23) || pod.has_own_users() {
        return;
    }
    if pod.spec(POINTER).is_some_and(|user| *user == 0) {
        found.push(pod.fault(FIELD, "the pods run as user 0, which is root"));
    }
    for container in pod.containers() {
        if container
            .value
            .lookup(POINTER)
            .is_some_and(|user| *user == 0)
        {
            let message = format!(
                "container {} runs as user 0, which is root",
                container.name()
            );
            found.push(pod.fault_in(&container, FIELD, message));
        }
    }
}
