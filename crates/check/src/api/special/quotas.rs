//! Agreement in quotas and limits.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::fields::{entries, items, said};
use super::{Fields, Verdict, at, is_there, quantity};
use crate::cluster::text;
use crate::syntax;

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
