//! The name of an object, or what its name will begin with.

use schemas::KindSchema;
use serde_json::{Map, Value as Json};

use super::special;
use crate::document::Document;
use crate::report::Finding;
use crate::rules::api::name;
use crate::syntax;

pub(super) const LABEL: &str = "must be lower-case letters, digits and `-`, at most 63 characters";
const LABEL_1035: &str =
    "must be lower-case letters, digits and `-`, begin with a letter, at most 63 characters";
const SUBDOMAIN: &str =
    "must be a subdomain: lower-case letters, digits, `-` and `.`, at most 253 characters";
/// Of a prefix, the server takes so many bytes.
const PREFIX_LIMIT: usize = 58;
/// What the server appends to a prefix looks like this.
const APPENDED: &str = "abcde";

/// What is wrong with the name.
pub(super) fn check(
    document: &Document,
    kind: &KindSchema,
    metadata: Option<&Map<String, Json>>,
) -> Option<Finding> {
    let text = document.id.name.as_str();
    let prefix = metadata
        .and_then(|metadata| metadata.get("generateName"))
        .and_then(Json::as_str)
        .unwrap_or_default();
    let report =
        |path: &str, message: String| Some(Finding::new(&name::RULE, document, path, message));
    if text.is_empty() && prefix.is_empty() {
        // The server gives each of them a name.
        let is_named = (kind.group.is_empty() && kind.kind == "LimitRange")
            || special::is_never_stored(&kind.kind, &kind.group);
        return if is_named {
            None
        } else {
            report("metadata.name", "the object has no name".to_owned())
        };
    }
    if !prefix.is_empty()
        && let Some(demand) = prefix_demand(document, kind, prefix)
    {
        let path = "metadata.generateName";
        return report(path, format!("the beginning of a name {prefix:?} {demand}"));
    }
    let name = if text.is_empty() {
        let end = (0..=PREFIX_LIMIT.min(prefix.len()))
            .rev()
            .find(|end| prefix.is_char_boundary(*end))
            .unwrap_or(0);
        format!("{}{APPENDED}", &prefix[..end])
    } else {
        text.to_owned()
    };
    let demand = demand(document, kind, &name)?;
    if text.is_empty() {
        let message = format!("a name that begins with {prefix:?} {demand}");
        report("metadata.generateName", message)
    } else {
        report("metadata.name", format!("the name {text:?} {demand}"))
    }
}

/// What a beginning has to be and is not. Its last hyphen does not count.
fn prefix_demand(document: &Document, kind: &KindSchema, prefix: &str) -> Option<&'static str> {
    let whole = match prefix.strip_suffix('-') {
        // As the server: one more character goes.
        Some(before) if !before.is_empty() => {
            let kept = before.char_indices().last().map_or(0, |(at, _)| at);
            format!("{}a", &before[..kept])
        }
        _ => prefix.to_owned(),
    };
    match (kind.group.as_str(), kind.kind.as_str()) {
        // Whatever name comes of it is judged.
        ("", "ReplicationController") | ("resource.k8s.io", "DeviceClass") => None,
        ("batch", "CronJob" | "Job") => (!syntax::is_subdomain(&whole)).then_some(SUBDOMAIN),
        _ => demand(document, kind, &whole),
    }
}

/// What a name of this kind has to be and is not.
fn demand(document: &Document, kind: &KindSchema, text: &str) -> Option<&'static str> {
    const SEGMENT: &str = "must be usable in a path: no `/` and no `%`";
    let (is_valid, rule) = match (kind.group.as_str(), kind.kind.as_str()) {
        ("rbac.authorization.k8s.io", _)
        | ("", "Event")
        | ("certificates.k8s.io", "CertificateSigningRequest")
        | ("policy", "PodDisruptionBudget") => (syntax::is_path_segment(text), SEGMENT),
        ("networking.k8s.io", "IPAddress") => (
            crate::format::is_valid("ipv4", text) || crate::format::is_valid("ipv6", text),
            "must be the address itself",
        ),
        ("", "Namespace") | ("apps", "StatefulSet") => (syntax::is_label(text), LABEL),
        ("", "Service") => (syntax::is_dns_1035_label(text), LABEL_1035),
        ("batch", "CronJob") => (
            syntax::is_subdomain(text) && text.len() <= 52,
            "must be a subdomain of at most 52 characters, jobs append 11 more",
        ),
        ("batch", "Job") if !has_own_selector(document) => (
            syntax::is_subdomain(text) && text.len() <= 63,
            "must be a subdomain of at most 63 characters, its pods are labelled with it",
        ),
        _ => (syntax::is_subdomain(text), SUBDOMAIN),
    };
    (!is_valid).then_some(rule)
}

/// Whether the pods of a job are not labelled with its name.
fn has_own_selector(document: &Document) -> bool {
    document.value.pointer("/spec/manualSelector") == Some(&Json::Bool(true))
}
