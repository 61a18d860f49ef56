//! Agreement inside of one container: variables, ports, mounts, resources, probes, rights.

use serde_json::Value as Json;

use super::fields::{
    ensure, entries, has, inner, inside, is_true, items, lower_half, objects, quantity, said,
    small, texts, twice, wrong,
};
use super::{Fields, Verdict};
use crate::quantity::Quantity;
use crate::syntax;

/// A name of a variable: any printable ASCII but `=`.
fn is_variable_name(text: &str) -> bool {
    text.bytes()
        .all(|byte| (b' '..=b'~').contains(&byte) && byte != b'=')
}

/// A variable has a name that can be set, and one source.
pub(in crate::api) fn variable_is_whole(fields: &Fields) -> Verdict {
    let name = said(fields, "name");
    ensure(is_variable_name(name), "name", || {
        format!("{name:?} is no name of a variable: printable ASCII without `=`")
    })?;
    let both = has(fields, "valueFrom") && !said(fields, "value").is_empty();
    ensure(!both, "valueFrom", || {
        "a variable has either a value or a source".to_owned()
    })
}

/// What stands before the names of many variables can stand in a name.
pub(in crate::api) fn prefix_can_be_a_name(fields: &Fields) -> Verdict {
    let prefix = said(fields, "prefix");
    ensure(is_variable_name(prefix), "prefix", || {
        format!("{prefix:?} cannot stand in the name of a variable")
    })
}

/// What a container can show of its own resources, with what it can be divided by.
pub(in crate::api) fn resource_can_be_shown(fields: &Fields) -> Verdict {
    const SIZES: [&str; 13] = [
        "1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei",
    ];
    let resource = said(fields, "resource");
    let plain = resource
        .strip_prefix("limits.")
        .or_else(|| resource.strip_prefix("requests."));
    let is_huge = plain.is_some_and(|plain| plain.starts_with("hugepages-"));
    if !is_huge && !matches!(plain, Some("cpu" | "memory" | "ephemeral-storage")) {
        return ensure(resource.is_empty(), "resource", || {
            format!("{resource:?} cannot be shown; limits.cpu can")
        });
    }
    let Some(divisor) = fields.get("divisor").and_then(quantity) else {
        return Ok(());
    };
    let allowed: &[&str] = if plain == Some("cpu") {
        &["1m", "1"]
    } else {
        &SIZES
    };
    let fits = divisor.sign() == 0
        || allowed
            .iter()
            .any(|allowed| Quantity::parse(allowed) == Some(divisor));
    ensure(fits, "divisor", || {
        format!("{resource} is divided by one of {}", allowed.join(", "))
    })
}

/// A file shows either a field or a resource of the pod.
pub(in crate::api) fn file_shows_one_thing(fields: &Fields) -> Verdict {
    match (inner(fields, "fieldRef"), inner(fields, "resourceFieldRef")) {
        (Some(_), Some(_)) => wrong("fieldRef", "a file shows a field or a resource, not both"),
        (None, None) => wrong("fieldRef", "a file shows a field or a resource"),
        (Some(field), None) => {
            let path = said(field, "fieldPath");
            let known = matches!(
                path,
                "metadata.name"
                    | "metadata.namespace"
                    | "metadata.labels"
                    | "metadata.annotations"
                    | "metadata.uid"
                    | ""
            ) || path.contains('[');
            ensure(known, "fieldRef", || {
                format!("{path:?} can be shown in a variable, not in a file")
            })
        }
        (None, Some(resource)) => ensure(
            !said(resource, "containerName").is_empty(),
            "resourceFieldRef",
            || "it needs a containerName".to_owned(),
        ),
    }
}

/// A variable shows no whole map.
pub(in crate::api) fn field_is_one_value(fields: &Fields) -> Verdict {
    let path = said(inside(fields, "fieldRef"), "fieldPath");
    ensure(
        !matches!(path, "metadata.labels" | "metadata.annotations"),
        "fieldRef",
        || format!("{path} is more than one value; {path}['key'] is one"),
    )
}

/// Names of resources that a container can have.
fn is_resource(name: &str) -> bool {
    if matches!(name, "cpu" | "memory" | "ephemeral-storage") || name.starts_with("hugepages-") {
        return syntax::is_qualified_name(name);
    }
    match name.split_once('/') {
        None => false,
        Some(("kubernetes.io", _)) => syntax::is_qualified_name(name),
        // What quotas write before a name would no longer be told apart.
        Some((domain, rest)) => {
            syntax::is_qualified_name(name)
                && (domain.ends_with(".kubernetes.io")
                    || (!name.starts_with("requests.")
                        && syntax::is_qualified_name(&format!("requests.{domain}/{rest}"))))
        }
    }
}

/// What cannot be given to more than one: all but the resources of the node itself.
fn is_shared(name: &str) -> bool {
    (!name.contains('/') || name.contains("kubernetes.io/")) && !name.starts_with("hugepages-")
}

/// Whether only whole numbers of it exist.
fn is_whole(name: &str) -> bool {
    name.contains('/') && !name.contains("kubernetes.io/")
}

/// Requests and limits name resources, are amounts of them, and fit one another.
pub(in crate::api) fn resources_fit(fields: &Fields) -> Verdict {
    for list in ["limits", "requests"] {
        for (name, amount) in entries(fields, list) {
            let field = if list == "limits" {
                "limits"
            } else {
                "requests"
            };
            ensure(is_resource(name), field, || {
                format!(
                    "{name:?} is no resource: cpu, memory, ephemeral-storage, hugepages-… or one with a domain"
                )
            })?;
            amount_fits(name, amount, field)?;
        }
    }
    for (name, request) in entries(fields, "requests") {
        let limit = inside(fields, "limits").get(name).and_then(quantity);
        let Some(request) = quantity(request) else {
            continue;
        };
        match limit {
            Some(limit) if request > limit || (request != limit && !is_shared(name)) => {
                return wrong(
                    "requests",
                    format!("the request of {name} does not fit its limit"),
                );
            }
            None if !is_shared(name) && !inside(fields, "limits").contains_key(name) => {
                return wrong(
                    "limits",
                    format!("{name} needs a limit, which is its request"),
                );
            }
            _ => {}
        }
    }
    let named = |wanted: fn(&str) -> bool| {
        ["limits", "requests"]
            .into_iter()
            .flat_map(|list| entries(fields, list))
            .any(|(name, _)| wanted(name))
    };
    let has_pages = named(|name| name.starts_with("hugepages-"));
    ensure(
        !has_pages || named(|name| matches!(name, "cpu" | "memory")),
        "limits",
        || "hugepages need cpu or memory beside them".to_owned(),
    )
}

fn amount_fits(name: &str, amount: &Json, field: &'static str) -> Verdict {
    let Some(amount) = quantity(amount) else {
        return Ok(());
    };
    ensure(
        !is_whole(name) || amount.as_integer().is_some(),
        field,
        || format!("{name} comes in whole numbers"),
    )?;
    let page = name.strip_prefix("hugepages-").and_then(Quantity::parse);
    let (Some(page), Some(amount)) = (page.and_then(Quantity::as_integer), amount.as_integer())
    else {
        return Ok(());
    };
    ensure(page > 0 && amount % page == 0, field, || {
        format!("{name} comes in pages of that size")
    })
}

/// What a runtime needs for itself is of resources that containers have.
pub(in crate::api) fn overhead_is_of_resources(fields: &Fields) -> Verdict {
    for (name, amount) in entries(fields, "podFixed") {
        let is_negative = quantity(amount).is_some_and(|amount| amount.sign() < 0);
        ensure(is_resource(name) && !is_negative, "podFixed", || {
            format!("{name:?} is no resource, or less than nothing of it")
        })?;
        amount_fits(name, amount, "podFixed")?;
    }
    Ok(())
}

/// A field that goes through a folder stays in it.
pub(super) fn is_inside(path: &str) -> bool {
    !path.starts_with('/') && has_no_backsteps(path)
}

/// Whether a path never goes up.
pub(super) fn has_no_backsteps(path: &str) -> bool {
    path.split('/').all(|part| part != "..")
}

/// Every mount and device has a place of its own.
pub(in crate::api) fn places_differ(fields: &Fields) -> Verdict {
    let privileged = is_true(inside(fields, "securityContext"), "privileged");
    let mounts: Vec<&Fields> = objects(fields, "volumeMounts").collect();
    let devices: Vec<&Fields> = objects(fields, "volumeDevices").collect();
    let both = mounts.iter().find(|mount| {
        let path = said(mount, "mountPath");
        devices
            .iter()
            .any(|device| said(device, "devicePath") == path)
    });
    if let Some(mount) = both {
        return wrong(
            "volumeMounts",
            format!(
                "{:?} is the path of a device, too",
                said(mount, "mountPath")
            ),
        );
    }
    if let Some(name) = twice(devices.iter().map(|device| said(device, "name"))) {
        return wrong(
            "volumeDevices",
            format!("the volume {name:?} is there twice"),
        );
    }
    for device in &devices {
        let (name, path) = (said(device, "name"), said(device, "devicePath"));
        if !has_no_backsteps(path) || mounts.iter().any(|mount| said(mount, "name") == name) {
            return wrong(
                "volumeDevices",
                format!("{name:?} is mounted too, or its path goes up"),
            );
        }
    }
    for mount in mounts {
        for name in ["subPath", "subPathExpr"] {
            let path = said(mount, name);
            ensure(is_inside(path), "volumeMounts", || {
                format!("the {name} {path:?} leaves the volume")
            })?;
        }
        propagation_fits(mount, privileged)?;
    }
    Ok(())
}

fn propagation_fits(mount: &Fields, privileged: bool) -> Verdict {
    let propagation = said(mount, "mountPropagation");
    if propagation == "Bidirectional" && !privileged {
        return wrong("volumeMounts", "Bidirectional is for privileged containers");
    }
    let recursive = said(mount, "recursiveReadOnly");
    if matches!(recursive, "Enabled" | "IfPossible") {
        let fits = is_true(mount, "readOnly") && matches!(propagation, "" | "None");
        return ensure(fits, "volumeMounts", || {
            "recursiveReadOnly needs readOnly and no mountPropagation".to_owned()
        });
    }
    ensure(
        !has(mount, "recursiveReadOnly") || recursive == "Disabled",
        "volumeMounts",
        || format!("recursiveReadOnly {recursive:?} is none of Disabled, IfPossible, Enabled"),
    )
}

/// Probes of a running container are not counted twice, and only those that restart it have a grace period.
pub(in crate::api) fn probes_fit(fields: &Fields) -> Verdict {
    for probe in ["livenessProbe", "startupProbe"] {
        let threshold = small(inside(fields, probe), "successThreshold");
        if threshold.is_some_and(|threshold| !matches!(threshold, 0 | 1)) {
            let field = if probe == "livenessProbe" {
                "livenessProbe"
            } else {
                "startupProbe"
            };
            return wrong(field, "successThreshold must be 1 here");
        }
    }
    let readiness = inside(fields, "readinessProbe");
    ensure(
        !has(readiness, "terminationGracePeriodSeconds"),
        "readinessProbe",
        || "a probe that restarts nothing has no terminationGracePeriodSeconds".to_owned(),
    )
}

/// A header of a request has a name of letters, digits and `-`.
pub(in crate::api) fn header_has_a_name(fields: &Fields) -> Verdict {
    let name = said(fields, "name");
    let fits = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    ensure(fits, "name", || format!("{name:?} is no name of a header"))
}

/// Names of ports come once, and so do ports of the host.
pub(in crate::api) fn ports_differ_by_name(fields: &Fields) -> Verdict {
    let names = objects(fields, "ports").map(|port| said(port, "name"));
    match twice(names.filter(|name| !name.is_empty())) {
        None => Ok(()),
        Some(name) => wrong("ports", format!("{name:?} comes twice")),
    }
}

/// Rights that exclude one another.
pub(in crate::api) fn rights_fit(fields: &Fields) -> Verdict {
    let denied = fields.get("allowPrivilegeEscalation") == Some(&Json::Bool(false));
    if denied && is_true(fields, "privileged") {
        return wrong(
            "allowPrivilegeEscalation",
            "a privileged container always has more privileges",
        );
    }
    let adds = texts(inside(fields, "capabilities"), "add").any(|right| right == "CAP_SYS_ADMIN");
    ensure(!denied || !adds, "allowPrivilegeEscalation", || {
        "CAP_SYS_ADMIN gives more privileges".to_owned()
    })
}

/// A profile on the node is named, and only that one.
pub(in crate::api) fn profile_is_named(fields: &Fields) -> Verdict {
    let is_local = said(fields, "type") == "Localhost";
    let profile = said(fields, "localhostProfile");
    if is_local != has(fields, "localhostProfile") {
        return wrong(
            "localhostProfile",
            "the type Localhost, and no other, has one",
        );
    }
    ensure(is_inside(profile), "localhostProfile", || {
        format!("{profile:?} is no path below the folder of profiles")
    })
}

/// A profile of `AppArmor` on the node is named, and only that one.
pub(in crate::api) fn armor_is_named(fields: &Fields) -> Verdict {
    let is_local = said(fields, "type") == "Localhost";
    let profile = said(fields, "localhostProfile");
    if is_local != has(fields, "localhostProfile") {
        return wrong(
            "localhostProfile",
            "the type Localhost, and no other, has one",
        );
    }
    let fits =
        !is_local || (!profile.is_empty() && profile.trim() == profile && profile.len() <= 4095);
    ensure(fits, "localhostProfile", || {
        format!("{profile:?} is no name of a profile")
    })
}

/// Rules of when to restart a container go with a policy for all other cases.
pub(in crate::api) fn restart_rules_fit(fields: &Fields) -> Verdict {
    let rules = items(fields, "restartPolicyRules");
    if !rules.is_empty() && !has(fields, "restartPolicy") {
        return wrong("restartPolicyRules", "they need a restartPolicy");
    }
    if rules.len() > 20 {
        return wrong("restartPolicyRules", "at most 20");
    }
    for rule in objects(fields, "restartPolicyRules") {
        let action = said(rule, "action");
        let Some(codes) = inner(rule, "exitCodes") else {
            return wrong("restartPolicyRules", "a rule names exitCodes");
        };
        let fits = action == "Restart"
            && matches!(said(codes, "operator"), "In" | "NotIn")
            && items(codes, "values").len() <= 255;
        ensure(fits, "restartPolicyRules", || {
            "a rule has the action Restart, the operator In or NotIn, and at most 255 values"
                .to_owned()
        })?;
    }
    Ok(())
}

/// The ports of the host that a container takes, with protocol and address.
pub(super) fn host_ports(container: &Fields, is_host_network: bool) -> Vec<(String, String, i64)> {
    objects(container, "ports")
        .filter_map(|port| {
            let own = small(port, "hostPort").unwrap_or(0);
            let number = if own == 0 && is_host_network {
                port.get("containerPort")
                    .and_then(Json::as_i64)
                    .map_or(0, lower_half)
            } else {
                own
            };
            let protocol = super::fields::said_or(port, "protocol", "TCP").to_owned();
            (number != 0).then(|| (protocol, said(port, "hostIP").to_owned(), number))
        })
        .collect()
}
