//! Agreement in what belongs to the whole cluster: API services, definitions, webhooks, fairness, certificates.

use serde_json::Value as Json;

use super::{Fields, Verdict, at, is_there};
use crate::format;
use crate::syntax;

fn inner<'f>(fields: &'f Fields, pointer: &str) -> &'f str {
    at(fields, "spec", pointer)
        .and_then(Json::as_str)
        .unwrap_or_default()
}

fn own_name(fields: &Fields) -> &str {
    at(fields, "metadata", "/name")
        .and_then(Json::as_str)
        .unwrap_or_default()
}

/// An API service is named `<version>.<group>`.
pub(in crate::api) fn api_service_is_named_for_its_version(fields: &Fields) -> Verdict {
    let wanted = format!("{}.{}", inner(fields, "/version"), inner(fields, "/group"));
    if own_name(fields) == wanted || inner(fields, "/version").is_empty() {
        Ok(())
    } else {
        Err(("metadata", format!("the name must be {wanted:?}")))
    }
}

/// A custom definition is named `<plural>.<group>`.
pub(in crate::api) fn definition_is_named_for_its_kind(fields: &Fields) -> Verdict {
    let wanted = format!(
        "{}.{}",
        inner(fields, "/names/plural"),
        inner(fields, "/group")
    );
    if own_name(fields) == wanted {
        Ok(())
    } else {
        Err(("metadata", format!("the name must be {wanted:?}")))
    }
}

/// Exactly one version of a custom definition is stored.
pub(in crate::api) fn one_version_is_stored(fields: &Fields) -> Verdict {
    let versions = fields.get("versions").and_then(Json::as_array);
    let stored = versions
        .into_iter()
        .flatten()
        .filter(|version| version.get("storage") == Some(&Json::Bool(true)))
        .count();
    if stored == 1 {
        Ok(())
    } else {
        Err((
            "versions",
            format!("exactly one version is stored, found {stored}"),
        ))
    }
}

/// A webhook has a name of three parts, and understands a version of the review.
pub(in crate::api) fn webhook_is_named_and_understood(fields: &Fields) -> Verdict {
    let name = fields
        .get("name")
        .and_then(Json::as_str)
        .unwrap_or_default();
    if !syntax::is_subdomain(name) || name.split('.').count() < 3 {
        return Err((
            "name",
            format!("{name:?} is no name of at least three parts, such as a.example.com"),
        ));
    }
    let versions = fields
        .get("admissionReviewVersions")
        .and_then(Json::as_array);
    let understood = versions
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
        .any(|version| matches!(version, "v1" | "v1beta1"));
    if understood {
        Ok(())
    } else {
        Err((
            "admissionReviewVersions",
            "v1 or v1beta1 must be one of them".to_owned(),
        ))
    }
}

/// Rules of a flow schema are about resources or about paths.
pub(in crate::api) fn rules_are_there(fields: &Fields) -> Verdict {
    if is_there(fields, "resourceRules") || is_there(fields, "nonResourceRules") {
        Ok(())
    } else {
        Err((
            "resourceRules",
            "resourceRules or nonResourceRules must be there".to_owned(),
        ))
    }
}

/// A limited level says its limits, an exempt one has none.
pub(in crate::api) fn level_fits_type(fields: &Fields) -> Verdict {
    let has = |name: &str| fields.get(name).is_some_and(|value| !value.is_null());
    match fields.get("type").and_then(Json::as_str) {
        Some("Limited") if !has("limited") => {
            Err(("limited", "a level of type Limited needs it".to_owned()))
        }
        Some("Limited") if has("exempt") => {
            Err(("exempt", "a level of type Limited has none".to_owned()))
        }
        Some("Exempt") if has("limited") => {
            Err(("limited", "a level of type Exempt has none".to_owned()))
        }
        _ => Ok(()),
    }
}

/// What is to be signed is a request in PEM.
pub(in crate::api) fn request_is_one(fields: &Fields) -> Verdict {
    let encoded = fields
        .get("request")
        .and_then(Json::as_str)
        .unwrap_or_default();
    let decoded = format::byte::decode(encoded).unwrap_or_default();
    let begins = String::from_utf8_lossy(&decoded)
        .trim_start()
        .starts_with("-----BEGIN CERTIFICATE REQUEST-----");
    if encoded.is_empty() || begins {
        Ok(())
    } else {
        Err((
            "request",
            "this is no CERTIFICATE REQUEST in PEM".to_owned(),
        ))
    }
}

/// Each usage of a certificate is asked for once.
pub(in crate::api) fn usages_differ(fields: &Fields) -> Verdict {
    match super::fields::twice(super::fields::texts(fields, "usages")) {
        None => Ok(()),
        Some(usage) => Err(("usages", format!("{usage:?} is there twice"))),
    }
}

/// What a review asks cannot be stored.
pub(in crate::api) fn is_never_stored(kind: &str, group: &str) -> bool {
    match group {
        "authorization.k8s.io" | "authentication.k8s.io" => true,
        "" => matches!(kind, "Binding" | "ComponentStatus"),
        "autoscaling" => kind == "Scale",
        "policy" => kind == "Eviction",
        _ => false,
    }
}
