//! Agreement in configuration, quotas, limits, networks and volumes.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::fields::{entries, items, said};
use super::{Fields, Verdict, at, is_there, quantity};
use crate::cluster::text;
use crate::format;
use crate::pointer::Lookup;
use crate::syntax;

/// A key is either text or bytes.
pub(in crate::api) fn keys_come_once(fields: &Fields) -> Verdict {
    let twice = entries(fields, "binaryData")
        .find(|(key, _)| entries(fields, "data").any(|(other, _)| other == *key));
    match twice {
        None => Ok(()),
        Some((key, _)) => Err(("binaryData", format!("{key:?} is a key of data, too"))),
    }
}

/// Resources that a container can ask for.
pub(in crate::api) fn is_container_resource(name: &str) -> bool {
    matches!(name, "cpu" | "memory" | "ephemeral-storage")
        || name.starts_with("hugepages-")
        || (name.contains('/') && syntax::is_qualified_name(name))
}

/// The amounts of a limit, none above the next.
const LISTS: [&str; 4] = ["min", "defaultRequest", "default", "max"];

/// What a container gets is between the least and the most.
pub(in crate::api) fn limits_are_ordered(fields: &Fields) -> Verdict {
    let kind = fields
        .get("type")
        .and_then(Json::as_str)
        .unwrap_or_default();
    for list in LISTS {
        for (name, _) in entries(fields, list) {
            let known = is_container_resource(name)
                || (kind == "PersistentVolumeClaim" && name == "storage");
            if !known {
                return Err((list, format!("{name:?} is no resource")));
            }
        }
    }
    for (position, low) in LISTS.into_iter().enumerate() {
        for high in &LISTS[position + 1..] {
            for (name, least) in entries(fields, low) {
                let most = at(fields, high, "").and_then(|amounts| amounts.get(name));
                if let (Some(least), Some(most)) = (quantity(least), most.and_then(quantity))
                    && least > most
                {
                    return Err((low, format!("{low} of {name} is above {high}")));
                }
            }
        }
    }
    if kind == "Pod" && (is_there(fields, "default") || is_there(fields, "defaultRequest")) {
        return Err((
            "default",
            "limits of whole pods have no defaults".to_owned(),
        ));
    }
    Ok(())
}

/// Each type of limit comes once.
pub(in crate::api) fn limit_types_come_once(fields: &Fields) -> Verdict {
    let mut seen = BTreeSet::new();
    let twice = items(fields, "limits")
        .iter()
        .filter_map(|item| text(item, "/type"))
        .find(|kind| !seen.insert(*kind));
    match twice {
        None => Ok(()),
        Some(kind) => Err(("limits", format!("the type {kind} comes twice"))),
    }
}

/// What a quota counts.
pub(in crate::api) fn quota_names_are_known(fields: &Fields) -> Verdict {
    const COUNTED: [&str; 9] = [
        "pods",
        "services",
        "replicationcontrollers",
        "resourcequotas",
        "secrets",
        "configmaps",
        "persistentvolumeclaims",
        "services.nodeports",
        "services.loadbalancers",
    ];
    let known = |name: &str| {
        let plain = name
            .strip_prefix("requests.")
            .or_else(|| name.strip_prefix("limits."))
            .unwrap_or(name);
        COUNTED.contains(&name)
            || matches!(plain, "cpu" | "memory" | "ephemeral-storage")
            || plain.starts_with("hugepages-")
            || matches!(name, "requests.storage" | "storage")
            || (name.contains('/') && syntax::is_qualified_name(name))
    };
    match entries(fields, "hard").find(|(name, _)| !known(name)) {
        None => Ok(()),
        Some((name, _)) => Err(("hard", format!("{name:?} is nothing that a quota counts"))),
    }
}

/// The labels of Pod Security have one of three levels, and a version.
pub(in crate::api) fn security_levels_are_known(fields: &Fields) -> Verdict {
    const PREFIX: &str = "pod-security.kubernetes.io/";
    let labels = at(fields, "metadata", "/labels").and_then(Json::as_object);
    for (key, value) in labels.into_iter().flatten() {
        let Some(mode) = key.strip_prefix(PREFIX) else {
            continue;
        };
        let value = value.as_str().unwrap_or_default();
        let fits = match mode {
            "enforce" | "audit" | "warn" => {
                matches!(value, "privileged" | "baseline" | "restricted")
            }
            "enforce-version" | "audit-version" | "warn-version" => {
                value == "latest" || is_minor(value)
            }
            _ => true,
        };
        if !fits {
            return Err((
                "metadata",
                format!(
                    "the label {key} is {value:?}; levels are privileged, baseline and restricted, versions latest or v1.x"
                ),
            ));
        }
    }
    Ok(())
}

fn is_minor(text: &str) -> bool {
    text.strip_prefix("v1.")
        .is_some_and(|minor| !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The exceptions of a block are networks inside of it.
pub(in crate::api) fn exceptions_are_inside(fields: &Fields) -> Verdict {
    let block = fields
        .get("cidr")
        .and_then(Json::as_str)
        .unwrap_or_default();
    for except in items(fields, "except") {
        let text = except.as_str().unwrap_or_default();
        if !format::is_cidr(text) {
            return Err((
                "except",
                format!("{text:?} is no network such as `10.0.0.0/16`"),
            ));
        }
        let parsed = (block.parse::<names::Cidr>(), text.parse::<names::Cidr>());
        if let (Ok(block), Ok(except)) = parsed
            && (!block.contains(&except) || block == except)
        {
            return Err((
                "except",
                format!("{text} is not strictly inside of {block}"),
            ));
        }
    }
    Ok(())
}

/// A name of a service account is one that Kubernetes could have given.
pub(in crate::api) fn account_has_a_name(fields: &Fields) -> Verdict {
    let said = |name: &str| fields.get(name).and_then(Json::as_str).unwrap_or_default();
    let group = said("apiGroup");
    let is_account = said("kind") == "ServiceAccount";
    let wanted = if is_account {
        ""
    } else {
        "rbac.authorization.k8s.io"
    };
    if !group.is_empty() && group != wanted {
        return Err(("apiGroup", format!("it must be {wanted:?}, is {group:?}")));
    }
    if !is_account {
        return Ok(());
    }
    if !said("name").is_empty() && !syntax::is_subdomain(said("name")) {
        return Err((
            "name",
            format!("{:?} is no name of a service account", said("name")),
        ));
    }
    Ok(())
}

/// Where a binding belongs to no namespace, each service account names its own.
pub(in crate::api) fn accounts_have_namespaces(fields: &Fields) -> Verdict {
    let homeless = items(fields, "subjects").iter().find(|subject| {
        text(subject, "/kind") == Some("ServiceAccount")
            && text(subject, "/namespace").is_none_or(str::is_empty)
    });
    match homeless {
        None => Ok(()),
        Some(subject) => {
            let name = text(subject, "/name").unwrap_or_default();
            Err((
                "subjects",
                format!("the service account {name:?} needs its namespace"),
            ))
        }
    }
}

/// What is made from a template of a claim gets labels and annotations from it, and nothing else.
pub(in crate::api) fn template_is_plain(fields: &Fields) -> Verdict {
    let is_empty = |value: &Json| match value {
        Json::Null => true,
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(fields) => fields.is_empty(),
        Json::Bool(_) | Json::Number(_) => false,
    };
    let other = entries(fields, "metadata").find(|(name, value)| {
        !matches!(name.as_str(), "annotations" | "labels") && !is_empty(value)
    });
    match other {
        None => Ok(()),
        Some((name, _)) => Err(("metadata", format!("{name} cannot be set in a template"))),
    }
}

/// At most one network of IPv4 and one of IPv6.
pub(in crate::api) fn one_network_a_family(fields: &Fields) -> Verdict {
    let networks: Vec<&str> = items(fields, "cidrs")
        .iter()
        .filter_map(Json::as_str)
        .collect();
    let six = networks
        .iter()
        .filter(|network| network.contains(':'))
        .count();
    if six > 1 || networks.len() - six > 1 {
        return Err(("cidrs", "at most one network of each IP family".to_owned()));
    }
    Ok(())
}

/// A volume says how large it is, and nothing else.
pub(in crate::api) fn capacity_is_storage(fields: &Fields) -> Verdict {
    match entries(fields, "capacity").find(|(name, _)| *name != "storage") {
        None => Ok(()),
        Some((name, _)) => Err(("capacity", format!("{name:?} is not storage"))),
    }
}

/// Each key of a topology comes once, and so does each of its values.
pub(in crate::api) fn topology_keys_come_once(fields: &Fields) -> Verdict {
    let mut keys = BTreeSet::new();
    for expression in items(fields, "matchLabelExpressions") {
        let key = text(expression, "/key").unwrap_or_default();
        let values = expression.lookup("/values").and_then(Json::as_array);
        let mut seen = BTreeSet::new();
        let repeats = values
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
            .any(|value| !seen.insert(value));
        if !keys.insert(key) || repeats {
            return Err((
                "matchLabelExpressions",
                format!("{key:?} or a value of it comes twice"),
            ));
        }
    }
    Ok(())
}

/// Tokens go into secrets only where tokens are asked for.
pub(in crate::api) fn token_secrets_need_requests(fields: &Fields) -> Verdict {
    let asked = super::fields::has(fields, "serviceAccountTokenInSecrets");
    if asked && !is_there(fields, "tokenRequests") {
        return Err((
            "serviceAccountTokenInSecrets",
            "there are no tokenRequests whose tokens it could be about".to_owned(),
        ));
    }
    Ok(())
}

/// A secret of a type that Kubernetes knows has the keys that are read from it.
pub(in crate::api) fn secret_has_what_its_type_needs(fields: &Fields) -> Verdict {
    let has = |key: &str| {
        let in_list = |list| entries(fields, list).any(|(known, _)| known == key);
        in_list("data") || in_list("stringData")
    };
    let has_text = |key: &str| {
        let in_list = |list| {
            entries(fields, list).any(|(known, value)| {
                known == key && value.as_str().is_some_and(|text| !text.is_empty())
            })
        };
        in_list("data") || in_list("stringData")
    };
    let is_annotated = at(
        fields,
        "metadata",
        "/annotations/kubernetes.io~1service-account.name",
    )
    .and_then(Json::as_str)
    .is_some_and(|name| !name.is_empty());
    let (whole, needs) = match fields
        .get("type")
        .and_then(Json::as_str)
        .unwrap_or_default()
    {
        "kubernetes.io/tls" => (has("tls.crt") && has("tls.key"), "tls.crt and tls.key"),
        "kubernetes.io/dockerconfigjson" => (has(".dockerconfigjson"), ".dockerconfigjson"),
        "kubernetes.io/dockercfg" => (has(".dockercfg"), ".dockercfg"),
        "kubernetes.io/basic-auth" => (has("username") || has("password"), "username or password"),
        "kubernetes.io/ssh-auth" => (has_text("ssh-privatekey"), "ssh-privatekey"),
        "kubernetes.io/service-account-token" => (
            is_annotated,
            "the annotation kubernetes.io/service-account.name",
        ),
        _ => return Ok(()),
    };
    if whole {
        Ok(())
    } else {
        Err(("type", format!("a secret of this type needs {needs}")))
    }
}

/// Finalizers of a namespace are Kubernetes' own, or have a domain.
pub(in crate::api) fn finalizers_are_known(fields: &Fields) -> Verdict {
    let known = |name: &str| {
        is_standard_finalizer(name) || (name.contains('/') && syntax::is_qualified_name(name))
    };
    match super::fields::texts(fields, "finalizers").find(|name| !known(name)) {
        None => Ok(()),
        Some(name) => Err((
            "finalizers",
            format!("{name:?} is neither `kubernetes` nor a name with a domain"),
        )),
    }
}

/// Whether a finalizer is one that Kubernetes itself knows.
pub(in crate::api) fn is_standard_finalizer(name: &str) -> bool {
    matches!(name, "kubernetes" | "orphan" | "foregroundDeletion")
}

/// Taints of a node differ, and its networks are networks.
pub(in crate::api) fn node_is_whole(fields: &Fields) -> Verdict {
    let mut seen = BTreeSet::new();
    for taint in super::fields::objects(fields, "taints") {
        let (key, effect) = (said(taint, "key"), said(taint, "effect"));
        if !seen.insert((key, effect)) {
            return Err((
                "taints",
                format!("{key:?} is there twice with the effect {effect}"),
            ));
        }
        let value = said(taint, "value");
        if !syntax::is_label_value(value) {
            return Err(("taints", format!("{value:?} is no value of a label")));
        }
    }
    let mut networks: Vec<&str> = super::fields::texts(fields, "podCIDRs").collect();
    let first = said(fields, "podCIDR");
    // Where the two differ, the older field counts.
    if !first.is_empty() && networks.first() != Some(&first) {
        networks = vec![first];
    }
    let six = networks
        .iter()
        .filter(|network| network.contains(':'))
        .count();
    let fits = networks.iter().all(|network| format::is_cidr(network))
        && (networks.len() < 2 || (networks.len() == 2 && six == 1));
    if fits {
        Ok(())
    } else {
        Err((
            "podCIDRs",
            "at most one network of each IP family".to_owned(),
        ))
    }
}

/// What a quota counts within a scope.
pub(in crate::api) fn scopes_fit(fields: &Fields) -> Verdict {
    const COMPUTE: [&str; 7] = [
        "pods",
        "cpu",
        "memory",
        "limits.cpu",
        "limits.memory",
        "requests.cpu",
        "requests.memory",
    ];
    let selected = super::fields::inside(fields, "scopeSelector");
    let by_selector: Vec<&str> = super::fields::objects(selected, "matchExpressions")
        .map(|wanted| said(wanted, "scopeName"))
        .collect();
    let listed: Vec<&str> = super::fields::texts(fields, "scopes").collect();
    for scopes in [&listed, &by_selector] {
        for scope in scopes {
            let outside = entries(fields, "hard").find(|(name, _)| {
                let is_standard = !name.contains('/');
                let fits = match *scope {
                    "BestEffort" => name.as_str() == "pods",
                    "VolumeAttributesClass" => {
                        matches!(name.as_str(), "persistentvolumeclaims" | "requests.storage")
                    }
                    _ => COMPUTE.contains(&name.as_str()),
                };
                is_standard && !fits
            });
            if let Some((name, _)) = outside {
                return Err((
                    "hard",
                    format!("{name} is not counted within the scope {scope:?}"),
                ));
            }
        }
        for (one, other) in [
            ("BestEffort", "NotBestEffort"),
            ("Terminating", "NotTerminating"),
        ] {
            if scopes.contains(&one) && scopes.contains(&other) {
                return Err(("scopes", format!("{one} and {other} exclude one another")));
            }
        }
    }
    for wanted in super::fields::objects(selected, "matchExpressions") {
        let scope = said(wanted, "scopeName");
        let is_plain = matches!(
            scope,
            "BestEffort"
                | "NotBestEffort"
                | "Terminating"
                | "NotTerminating"
                | "CrossNamespacePodAffinity"
        );
        if is_plain && said(wanted, "operator") != "Exists" {
            return Err((
                "scopeSelector",
                format!("the operator of {scope} is Exists"),
            ));
        }
    }
    let fraction = entries(fields, "hard").find(|(name, amount)| {
        let is_counted = !name.contains('.') && !matches!(name.as_str(), "cpu" | "memory");
        let is_service = name.starts_with("services.");
        let is_foreign = name.contains('/') && !name.contains("kubernetes.io/");
        let is_sized = matches!(name.as_str(), "storage" | "ephemeral-storage")
            || name.starts_with("hugepages-");
        ((is_counted && !is_sized) || is_service || is_foreign)
            && quantity(amount).is_some_and(|amount| amount.as_integer().is_none())
    });
    match fraction {
        None => Ok(()),
        Some((name, _)) => Err(("hard", format!("{name} is counted in whole numbers"))),
    }
}

/// Limits of claims are about storage, and a ratio is at least 1 and can be reached.
pub(in crate::api) fn ratios_fit(fields: &Fields) -> Verdict {
    let kind = said(fields, "type");
    let of = |list: &str, name: &str| {
        super::fields::inside(fields, list)
            .get(name)
            .and_then(quantity)
    };
    if kind == "PersistentVolumeClaim"
        && of("min", "storage").is_none()
        && of("max", "storage").is_none()
    {
        return Err(("type", "claims have a min or a max of storage".to_owned()));
    }
    for (name, ratio) in entries(fields, "maxLimitRequestRatio") {
        let known = is_container_resource(name) || kind == "PersistentVolumeClaim";
        let Some(ratio) = quantity(ratio) else {
            continue;
        };
        if !known || ratio < crate::quantity::Quantity::whole(1) {
            return Err((
                "maxLimitRequestRatio",
                format!("{name} is no resource, or its ratio is below 1"),
            ));
        }
        if let (Some(least), Some(most)) = (of("min", name), of("max", name))
            && ratio.approximate() > most.approximate() / least.approximate()
        {
            return Err((
                "maxLimitRequestRatio",
                format!("the ratio of {name} is above that of max to min"),
            ));
        }
    }
    Ok(())
}
