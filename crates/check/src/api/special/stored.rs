//! Agreement inside what is stored beside workloads: data, roles, revisions, events, leases.

use serde_json::Value as Json;

use super::fields::{entries, items, said};
use super::{Fields, Verdict, at, is_there};

/// Configuration fits into the store.
pub(in crate::api) fn data_fits_into_the_store(fields: &Fields) -> Verdict {
    const LARGEST: usize = 1024 * 1024;
    let plain = entries(fields, "data").filter_map(|(_, value)| value.as_str());
    let is_secret = fields.get("kind").and_then(Json::as_str) == Some("Secret");
    let mut bytes: usize = if is_secret {
        plain.map(|text| text.len() / 4 * 3).sum()
    } else {
        plain.map(str::len).sum()
    };
    let encoded = entries(fields, "binaryData").filter_map(|(_, value)| value.as_str());
    bytes += encoded.map(|text| text.len() / 4 * 3).sum::<usize>();
    if bytes > LARGEST + 8 {
        return Err((
            "data",
            format!("the values have {bytes} bytes, {LARGEST} are allowed"),
        ));
    }
    Ok(())
}

/// A role of a namespace says nothing of paths, and no rule is about both.
pub(in crate::api) fn rules_stay_inside(fields: &Fields) -> Verdict {
    let outside = items(fields, "rules").iter().any(|rule| {
        rule.get("nonResourceURLs")
            .is_some_and(|paths| paths.as_array().is_some_and(|paths| !paths.is_empty()))
    });
    if outside {
        return Err(("rules", "only ClusterRoles have nonResourceURLs".to_owned()));
    }
    Ok(())
}

/// A rule is about resources or about paths.
pub(in crate::api) fn rule_is_about_one(fields: &Fields) -> Verdict {
    let both = is_there(fields, "nonResourceURLs")
        && ["apiGroups", "resources", "resourceNames"]
            .iter()
            .any(|name| is_there(fields, name));
    if both {
        return Err((
            "nonResourceURLs",
            "a rule is about resources or about paths".to_owned(),
        ));
    }
    Ok(())
}

/// What belongs to the whole cluster is bound to a role of the whole cluster.
pub(in crate::api) fn role_is_of_the_cluster(fields: &Fields) -> Verdict {
    match at(fields, "roleRef", "/kind").and_then(Json::as_str) {
        None | Some("" | "ClusterRole") => Ok(()),
        Some(kind) => Err((
            "roleRef",
            format!("a {kind} cannot be bound in the whole cluster"),
        )),
    }
}

/// A revision holds an object.
pub(in crate::api) fn revision_is_an_object(fields: &Fields) -> Verdict {
    match fields.get("data") {
        None | Some(Json::Null | Json::Object(_)) => Ok(()),
        Some(_) => Err(("data", "it must be an object".to_owned())),
    }
}

/// An event is about an object of its own namespace.
pub(in crate::api) fn event_is_at_home(fields: &Fields) -> Verdict {
    let object = super::fields::inside(fields, "involvedObject");
    let about = said(object, "namespace");
    let own = at(fields, "metadata", "/namespace")
        .and_then(Json::as_str)
        .unwrap_or_default();
    // Without a namespace, it is in the one that it is applied to.
    if about.is_empty() || own.is_empty() || about == own {
        Ok(())
    } else {
        Err((
            "involvedObject",
            format!("it is in the namespace {about:?}, the event in {own:?}"),
        ))
    }
}

/// A lease lasts, and who is preferred is known to a strategy.
pub(in crate::api) fn lease_lasts(fields: &Fields) -> Verdict {
    let small = |name: &str| super::fields::small(fields, name);
    if small("leaseDurationSeconds").is_some_and(|seconds| seconds <= 0) {
        return Err(("leaseDurationSeconds", "must be more than 0".to_owned()));
    }
    if small("leaseTransitions").is_some_and(|number| number < 0) {
        return Err(("leaseTransitions", "must be 0 or more".to_owned()));
    }
    Ok(())
}
