//! Agreement between the parts of one pod.

use std::collections::BTreeSet;

use super::containers::host_ports;
use super::fields::{
    ensure, has, inner, inside, is_true, items, objects, said, small, texts, twice, wrong,
};
use super::rollout::labels_are_valid;
use super::{Fields, Verdict};
use crate::syntax;

/// All containers but those that are added later.
pub(super) fn containers(pod: &Fields) -> impl Iterator<Item = (&'static str, &Fields)> {
    ["containers", "initContainers"]
        .into_iter()
        .flat_map(move |list| objects(pod, list).map(move |container| (list, container)))
}

/// Containers have different names and ports of the host, and those that run first have what they can have.
pub(in crate::api) fn containers_fit(fields: &Fields) -> Verdict {
    if let Some(name) = twice(containers(fields).map(|(_, container)| said(container, "name"))) {
        return wrong(
            "initContainers",
            format!("two containers are named {name:?}"),
        );
    }
    let is_host = is_true(fields, "hostNetwork");
    let mut taken = BTreeSet::new();
    for container in objects(fields, "containers") {
        for port in host_ports(container, false) {
            if !taken.insert(port.clone()) {
                return wrong(
                    "containers",
                    format!("the port {} of the host is taken twice", port.2),
                );
            }
        }
        for port in objects(container, "ports").filter(|_| is_host) {
            let (own, inner) = (small(port, "hostPort"), small(port, "containerPort"));
            let fits = own.is_none_or(|own| own == 0 || Some(own) == inner);
            ensure(fits, "containers", || {
                "with hostNetwork, hostPort and containerPort are the same".to_owned()
            })?;
        }
    }
    for container in objects(fields, "initContainers") {
        let stays = said(container, "restartPolicy") == "Always";
        for part in [
            "lifecycle",
            "livenessProbe",
            "readinessProbe",
            "startupProbe",
        ] {
            ensure(stays || !has(container, part), "initContainers", || {
                format!("{part} is for containers that stay, with the restartPolicy Always")
            })?;
        }
    }
    Ok(())
}

/// A pod on the network of its host takes each port once.
pub(in crate::api) fn host_network_ports_differ(fields: &Fields) -> Verdict {
    let pod = inside(fields, "spec");
    if !is_true(pod, "hostNetwork") {
        return Ok(());
    }
    let mut taken = BTreeSet::new();
    for container in objects(pod, "containers") {
        for port in host_ports(container, true) {
            if !taken.insert(port.clone()) {
                return wrong(
                    "spec",
                    format!("the port {} of the host is taken twice", port.2),
                );
            }
        }
    }
    Ok(())
}

/// Image names of pods have no space around them, and volumes of images name one.
pub(in crate::api) fn images_are_plain(fields: &Fields) -> Verdict {
    let pod = inside(fields, "spec");
    for (_, container) in containers(pod) {
        let image = said(container, "image");
        ensure(image.trim() == image, "spec", || {
            format!("the image {image:?} has spaces around it")
        })?;
    }
    for volume in objects(pod, "volumes") {
        if let Some(image) = inner(volume, "image") {
            ensure(!said(image, "reference").is_empty(), "spec", || {
                "a volume of an image needs a reference".to_owned()
            })?;
        }
    }
    ensure(
        said(pod, "nodeName").is_empty() || items(pod, "schedulingGates").is_empty(),
        "spec",
        || "nodeName and schedulingGates exclude one another".to_owned(),
    )
}

/// Devices are claims, and claims of devices are those of the pod.
pub(in crate::api) fn claims_fit(fields: &Fields) -> Verdict {
    let claims: Vec<&Fields> = objects(fields, "resourceClaims").collect();
    let names: Vec<&str> = claims.iter().map(|claim| said(claim, "name")).collect();
    if twice(names.iter().copied()).is_some() || names.iter().any(|name| !syntax::is_label(name)) {
        return wrong("resourceClaims", "each claim has a name of its own");
    }
    for claim in claims {
        let sources = ["resourceClaimName", "resourceClaimTemplateName"];
        let given = sources.iter().filter(|name| has(claim, name)).count();
        let fits = given == 1
            && sources
                .iter()
                .all(|name| !has(claim, name) || syntax::is_subdomain(said(claim, name)));
        ensure(fits, "resourceClaims", || {
            "a claim names either a ResourceClaim or a template of one".to_owned()
        })?;
    }
    for (list, container) in containers(fields) {
        let used: Vec<(&str, &str)> = objects(inside(container, "resources"), "claims")
            .map(|claim| (said(claim, "name"), said(claim, "request")))
            .collect();
        for (position, (name, request)) in used.iter().enumerate() {
            let repeats = used[..position].iter().any(|(other, requested)| {
                other == name
                    && (requested == request || requested.is_empty() || request.is_empty())
            });
            let fits = names.contains(name)
                && !repeats
                && (request.is_empty() || syntax::is_label(request));
            let field = if list == "containers" {
                "containers"
            } else {
                "initContainers"
            };
            ensure(fits, field, || {
                format!("the claim {name:?} is none of resourceClaims, or is used twice")
            })?;
        }
    }
    Ok(())
}

/// Names of other objects, selectors of nodes, and gates.
pub(in crate::api) fn pod_names_are_valid(fields: &Fields) -> Verdict {
    labels_are_valid(fields, "nodeSelector", "nodeSelector")?;
    for (name, is_optional) in [("nodeName", false), ("runtimeClassName", true)] {
        let text = said(fields, name);
        let is_there = if is_optional {
            has(fields, name)
        } else {
            !text.is_empty()
        };
        let field = if is_optional {
            "runtimeClassName"
        } else {
            "nodeName"
        };
        ensure(!is_there || syntax::is_subdomain(text), field, || {
            format!("{text:?} is no name of an object")
        })?;
    }
    let gates: Vec<&str> = objects(fields, "schedulingGates")
        .map(|gate| said(gate, "name"))
        .collect();
    let fits = gates.iter().all(|gate| syntax::is_qualified_name(gate));
    ensure(fits && twice(gates).is_none(), "schedulingGates", || {
        "each gate has a qualified name of its own".to_owned()
    })?;
    if has(fields, "hostnameOverride") {
        let name = said(fields, "hostnameOverride");
        let fits = name.len() <= 64
            && syntax::is_subdomain(name)
            && !is_true(fields, "setHostnameAsFQDN")
            && !is_true(fields, "hostNetwork");
        ensure(fits, "hostnameOverride", || {
            format!("{name:?} is no name of a host, or the pod takes the name of another")
        })?;
    }
    for (name, amount) in super::fields::entries(fields, "overhead") {
        let fits = matches!(name.as_str(), "cpu" | "memory" | "ephemeral-storage")
            || name.starts_with("hugepages-")
            || (name.contains('/') && syntax::is_qualified_name(name));
        let is_negative = super::quantity(amount).is_some_and(|amount| amount.sign() < 0);
        ensure(fits && !is_negative, "overhead", || {
            format!("{name:?} is no resource, or less than nothing of it")
        })?;
    }
    Ok(())
}

/// Where names are looked up.
pub(in crate::api) fn names_are_looked_up(fields: &Fields) -> Verdict {
    let config = inside(fields, "dnsConfig");
    let servers = items(config, "nameservers").len();
    if said(fields, "dnsPolicy") == "None" && servers == 0 {
        return wrong("dnsConfig", "the dnsPolicy None needs nameservers");
    }
    let searches: Vec<&str> = texts(config, "searches").collect();
    let length: usize = searches.iter().map(|search| search.len() + 1).sum();
    if servers > 3 || searches.len() > 32 || length > 2049 {
        return wrong(
            "dnsConfig",
            "at most 3 nameservers and 32 searches of 2048 characters",
        );
    }
    let is_search = |search: &&str| {
        let name = search.strip_suffix('.').unwrap_or(search);
        *search == "." || (name.len() <= 253 && name.split('.').all(is_label_with_underscores))
    };
    match searches.iter().find(|search| !is_search(search)) {
        None => Ok(()),
        Some(search) => wrong("dnsConfig", format!("{search:?} is no domain")),
    }
}

fn is_label_with_underscores(text: &str) -> bool {
    let rest = text.strip_prefix('_').unwrap_or(text);
    let is_end = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    is_end(rest.as_bytes().first())
        && is_end(rest.as_bytes().last())
        && rest.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_')
        })
}
