//! What containers may do on their nodes.

use std::collections::BTreeSet;

use check::Document;
use serde_json::Value as Json;

use super::{Both, items, pods, tell, text};
use crate::model::{Direction, Topic, WholeChange, title};

/// Says which powers come and go.
pub(super) fn compare(both: &Both<'_>, found: &mut Vec<WholeChange>) {
    let (before, after) = (powers(both.old), powers(both.new));
    let Some(document) = both.any() else { return };
    for power in after.difference(&before) {
        let line = format!("{} {power}", title(&document.id));
        tell(found, Topic::Privileges, Direction::Opened, line);
    }
    // Of what is gone as a whole nothing is left to tell.
    if both.new.is_some() {
        for power in before.difference(&after) {
            let line = format!("{}: no longer so that it {power}", title(&document.id));
            tell(found, Topic::Privileges, Direction::Closed, line);
        }
    }
}

fn powers(document: Option<&Document>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let Some(spec) = document.and_then(pods) else {
        return found;
    };
    for (field, words) in [
        ("hostNetwork", "is in the network of its node"),
        ("hostPID", "sees the processes of its node"),
        ("hostIPC", "shares memory with its node"),
    ] {
        if spec.get(field) == Some(&Json::Bool(true)) {
            found.insert(words.to_owned());
        }
    }
    for volume in items(spec, "volumes") {
        if let Some(path) = text(volume, "/hostPath/path") {
            found.insert(format!("has {path} of its node"));
        }
    }
    let containers = items(spec, "containers").chain(items(spec, "initContainers"));
    for container in containers {
        of_container(spec, container, &mut found);
    }
    found
}

fn of_container(spec: &Json, container: &Json, found: &mut BTreeSet<String>) {
    let name = text(container, "/name").unwrap_or_default();
    let own = container.get("securityContext").unwrap_or(&Json::Null);
    let pod = spec.get("securityContext").unwrap_or(&Json::Null);
    let said = |field: &str| own.get(field).or_else(|| pod.get(field));
    let is = |field: &str, value: bool| own.get(field) == Some(&Json::Bool(value));
    let user = said("runAsUser").and_then(Json::as_u64);
    let not_root = said("runAsNonRoot") == Some(&Json::Bool(true));
    if user == Some(0) {
        found.insert(format!("runs {name} as root"));
    } else if user.is_none() && !not_root {
        found.insert(format!("may run {name} as root"));
    }
    if is("privileged", true) {
        found.insert(format!(
            "runs {name} privileged: it can do on its node what root can"
        ));
    }
    if !is("allowPrivilegeEscalation", false) {
        found.insert(format!("lets {name} gain more rights than it starts with"));
    }
    let capabilities = own.get("capabilities").unwrap_or(&Json::Null);
    for capability in items(capabilities, "add").filter_map(Json::as_str) {
        found.insert(format!("gives {name} the capability {capability}"));
    }
    if !items(capabilities, "drop").any(|dropped| dropped == "ALL") {
        found.insert(format!("leaves {name} the usual capabilities"));
    }
    if !is("readOnlyRootFilesystem", true) {
        found.insert(format!("lets {name} write into its own image"));
    }
    let seccomp = own
        .pointer("/seccompProfile/type")
        .or_else(|| pod.pointer("/seccompProfile/type"));
    if seccomp
        .and_then(Json::as_str)
        .is_none_or(|profile| profile == "Unconfined")
    {
        found.insert(format!("runs {name} without a seccomp profile"));
    }
    for port in items(container, "ports") {
        if let Some(number) = port.get("hostPort").and_then(Json::as_u64) {
            found.insert(format!("listens on port {number} of its node"));
        }
    }
}
