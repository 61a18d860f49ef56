//! Agreement between the parts of one pod.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::containers::host_ports;
use super::fields::{
    ensure, has, inner, inside, is_true, items, objects, said, said_or, small, texts, twice, wrong,
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

/// What a pod shares with its host.
pub(in crate::api) fn shares_fit(fields: &Fields) -> Verdict {
    let shares = |name: &str| is_true(fields, name);
    if shares("shareProcessNamespace") && shares("hostPID") {
        return wrong("shareProcessNamespace", "it excludes hostPID");
    }
    let has_own_users = fields.get("hostUsers") == Some(&Json::Bool(false));
    if has_own_users
        && ["hostNetwork", "hostPID", "hostIPC"]
            .into_iter()
            .any(shares)
    {
        return wrong(
            "hostUsers",
            "users of its own exclude hostNetwork, hostPID and hostIPC",
        );
    }
    for (list, container) in containers(fields) {
        let field = if list == "containers" {
            "containers"
        } else {
            "initContainers"
        };
        let rights = inside(container, "securityContext");
        ensure(
            said(rights, "procMount") != "Unmasked" || has_own_users,
            field,
            || "the procMount Unmasked needs hostUsers to be false".to_owned(),
        )?;
        ensure(
            !has_own_users || items(container, "volumeDevices").is_empty(),
            field,
            || "with users of its own, a pod has no volumeDevices".to_owned(),
        )?;
    }
    let context = inside(fields, "securityContext");
    let groups = items(context, "supplementalGroups").iter();
    let fits = groups
        .map(|group| group.as_i64().unwrap_or(0))
        .all(|group| (0..=i64::from(i32::MAX)).contains(&group));
    ensure(fits, "securityContext", || {
        "groups are numbers from 0 to 2147483647".to_owned()
    })?;
    settings_of_the_kernel(context, fields)
}

/// Settings of the kernel have a name each, and are not those of the host.
fn settings_of_the_kernel(context: &Fields, pod: &Fields) -> Verdict {
    let names: Vec<&str> = objects(context, "sysctls")
        .map(|setting| said(setting, "name"))
        .collect();
    let is_segment = |segment: &str| {
        let is_end = |byte: Option<&u8>| {
            byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        is_end(segment.as_bytes().first())
            && is_end(segment.as_bytes().last())
            && segment.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_')
            })
    };
    for name in &names {
        if name.len() > 253 || !name.split(['.', '/']).all(is_segment) {
            return wrong(
                "securityContext",
                format!("{name:?} is no setting of the kernel"),
            );
        }
        let is_of_net = name.starts_with("net.") || name.starts_with("net/");
        if is_of_net && is_true(pod, "hostNetwork") {
            return wrong(
                "securityContext",
                format!("{name} belongs to the network of the host"),
            );
        }
    }
    match twice(names) {
        None => Ok(()),
        Some(name) => wrong("securityContext", format!("{name} is set twice")),
    }
}

/// Parts that only one operating system has.
pub(in crate::api) fn system_has_parts(fields: &Fields) -> Verdict {
    let Some(system) = inner(fields, "os") else {
        return Ok(());
    };
    let name = said(system, "name");
    let context = inside(fields, "securityContext");
    match name {
        "linux" => {
            let of_containers = containers(fields)
                .any(|(_, container)| has(inside(container, "securityContext"), "windowsOptions"));
            ensure(
                !has(context, "windowsOptions") && !of_containers,
                "os",
                || "windowsOptions are not for linux".to_owned(),
            )
        }
        "windows" => {
            const OF_PODS: [&str; 10] = [
                "appArmorProfile",
                "seLinuxOptions",
                "seccompProfile",
                "fsGroup",
                "fsGroupChangePolicy",
                "runAsUser",
                "runAsGroup",
                "supplementalGroups",
                "supplementalGroupsPolicy",
                "sysctls",
            ];
            const OF_CONTAINERS: [&str; 10] = [
                "appArmorProfile",
                "seLinuxOptions",
                "seccompProfile",
                "capabilities",
                "readOnlyRootFilesystem",
                "privileged",
                "allowPrivilegeEscalation",
                "procMount",
                "runAsUser",
                "runAsGroup",
            ];
            let of_pod = OF_PODS.iter().find(|part| has(context, part));
            let shared = ["hostPID", "hostIPC", "shareProcessNamespace", "hostUsers"];
            let of_spec = shared.iter().find(|part| has(fields, part));
            let of_container = containers(fields).find_map(|(_, container)| {
                let rights = inside(container, "securityContext");
                OF_CONTAINERS.iter().find(|part| has(rights, part))
            });
            match of_pod.or(of_spec).or(of_container) {
                None => Ok(()),
                Some(part) => wrong("os", format!("{part} is not for windows")),
            }
        }
        _ => wrong("os", format!("{name:?} is neither linux nor windows")),
    }
}

/// Options for windows: names that are names, and processes of the host only on the network of the host.
pub(in crate::api) fn windows_options_fit(fields: &Fields) -> Verdict {
    let own = inside(inside(fields, "securityContext"), "windowsOptions");
    let by_pod = is_true(own, "hostProcess");
    let options: Vec<&Fields> = containers(fields)
        .map(|(_, container)| inside(inside(container, "securityContext"), "windowsOptions"))
        .collect();
    for options in options.iter().copied().chain([own]) {
        let spec = said(options, "gmsaCredentialSpecName");
        let user = options.get("runAsUserName").and_then(Json::as_str);
        let fits = (!has(options, "gmsaCredentialSpecName") || syntax::is_subdomain(spec))
            && user.is_none_or(is_windows_user);
        ensure(fits, "securityContext", || {
            "windowsOptions name a valid user and specification".to_owned()
        })?;
    }
    let runs_on_host = |options: &&&Fields| {
        let said = options.get("hostProcess").and_then(Json::as_bool);
        said.unwrap_or(by_pod)
    };
    let count = options.iter().filter(runs_on_host).count();
    let fits = count == 0 || (count == options.len() && is_true(fields, "hostNetwork"));
    ensure(fits, "securityContext", || {
        "hostProcess is for all containers of a pod with hostNetwork".to_owned()
    })
}

/// `user`, or `domain\user`.
fn is_windows_user(name: &str) -> bool {
    let (domain, user) = name.split_once('\\').unwrap_or(("a", name));
    !name.chars().any(char::is_control)
        && !domain.is_empty()
        && domain.len() < 256
        && (1..=104).contains(&user.len())
        && !user.chars().all(|character| matches!(character, '.' | ' '))
        && !user.contains([
            '"', '/', '\\', ':', ';', '|', '=', ',', '+', '*', '?', '<', '>', '@', '[', ']',
        ])
}

/// Spread constraints differ, and a least number of domains is only demanded where it can be refused.
pub(in crate::api) fn spreads_fit(fields: &Fields) -> Verdict {
    for constraint in objects(fields, "topologySpreadConstraints") {
        if has(constraint, "minDomains") && said(constraint, "whenUnsatisfiable") != "DoNotSchedule"
        {
            return wrong(
                "topologySpreadConstraints",
                "minDomains needs whenUnsatisfiable DoNotSchedule",
            );
        }
        keys_are_new(constraint, "matchLabelKeys", "topologySpreadConstraints")?;
    }
    Ok(())
}

/// Keys that narrow a selector are not in it twice already.
fn keys_are_new(fields: &Fields, name: &str, field: &'static str) -> Verdict {
    let selector = inside(fields, "labelSelector");
    let mut seen: Vec<&str> = inside(selector, "matchLabels")
        .keys()
        .map(String::as_str)
        .collect();
    for expression in objects(selector, "matchExpressions") {
        let key = said(expression, "key");
        if seen.contains(&key) && texts(fields, name).any(|other| other == key) {
            return wrong(field, format!("{key:?} is in the selector already"));
        }
        seen.push(key);
    }
    Ok(())
}

/// A term of affinity between pods.
pub(in crate::api) fn affinity_term_fits(fields: &Fields) -> Verdict {
    for namespace in texts(fields, "namespaces") {
        ensure(syntax::is_label(namespace), "namespaces", || {
            format!("{namespace:?} is no namespace")
        })?;
    }
    for (name, other) in [
        ("matchLabelKeys", "mismatchLabelKeys"),
        ("mismatchLabelKeys", "matchLabelKeys"),
    ] {
        let field = if name == "matchLabelKeys" {
            "matchLabelKeys"
        } else {
            "mismatchLabelKeys"
        };
        if !items(fields, name).is_empty() && !has(fields, "labelSelector") {
            return wrong(
                field,
                "there is no labelSelector that the keys could narrow",
            );
        }
        for key in texts(fields, name) {
            let fits =
                syntax::is_qualified_name(key) && !texts(fields, other).any(|other| other == key);
            ensure(fits, field, || {
                format!("{key:?} is no key, or is in both lists")
            })?;
        }
    }
    Ok(())
}

/// Terms about nodes that must hold.
pub(in crate::api) fn node_selector_fits(fields: &Fields) -> Verdict {
    for term in objects(fields, "nodeSelectorTerms") {
        node_term_fits(term, "nodeSelectorTerms", true)?;
    }
    Ok(())
}

/// A term about nodes that would be nice.
pub(in crate::api) fn preference_fits(fields: &Fields) -> Verdict {
    node_term_fits(inside(fields, "preference"), "preference", false)
}

fn node_term_fits(term: &Fields, field: &'static str, values_are_labels: bool) -> Verdict {
    for wanted in objects(term, "matchExpressions") {
        let count = items(wanted, "values").len();
        let fits = match said(wanted, "operator") {
            "In" | "NotIn" => count > 0,
            "Exists" | "DoesNotExist" => count == 0,
            "Gt" | "Lt" => count == 1,
            _ => false,
        };
        ensure(fits, field, || {
            "In and NotIn take values, Gt and Lt one, Exists and DoesNotExist none".to_owned()
        })?;
        let key = said(wanted, "key");
        ensure(syntax::is_qualified_name(key), field, || {
            format!("{key:?} is no key of a label")
        })?;
        let other = texts(wanted, "values").find(|value| !syntax::is_label_value(value));
        if let Some(value) = other.filter(|_| values_are_labels) {
            return wrong(field, format!("{value:?} is no value of a label"));
        }
    }
    for wanted in objects(term, "matchFields") {
        let fits = said(wanted, "key") == "metadata.name"
            && matches!(said(wanted, "operator"), "In" | "NotIn")
            && items(wanted, "values").len() == 1
            && texts(wanted, "values").all(syntax::is_subdomain);
        ensure(fits, field, || {
            "matchFields compares metadata.name with one name of a node".to_owned()
        })?;
    }
    Ok(())
}

/// A toleration's value is one of a label, or a number that is compared.
pub(in crate::api) fn toleration_value_fits(fields: &Fields) -> Verdict {
    let value = said(fields, "value");
    match said_or(fields, "operator", "Equal") {
        "Equal" => ensure(syntax::is_label_value(value), "value", || {
            format!("{value:?} is no value of a label")
        }),
        "Gt" | "Lt" => wrong("operator", "Gt and Lt are not compared by this server"),
        _ => Ok(()),
    }
}
