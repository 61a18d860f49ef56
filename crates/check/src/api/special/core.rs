//! Agreement in namespaces, accounts, nodes, networks and volumes.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::fields::{entries, items, said};
use super::{Fields, Verdict, at};
use crate::cluster::text;
use crate::format;
use crate::pointer::Lookup;
use crate::syntax;

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
