//! Custom definitions: names, versions, conversion, and what is shown of an object.

use serde_json::Value as Json;

use super::admission::{is_hook_address, is_hook_path};
use super::fields::{
    ensure, has, inner, inside, is_true, items, objects, said, said_or, small, texts, twice, wrong,
};
use super::structural;
use super::{Fields, Verdict};
use crate::syntax;

/// Every name of a custom kind is a word.
pub(in crate::api) fn kind_names_are_words(fields: &Fields) -> Verdict {
    let word = |name: &str| syntax::is_dns_1035_label(&name.to_ascii_lowercase());
    for (name, field) in [
        ("plural", "plural"),
        ("singular", "singular"),
        ("kind", "kind"),
        ("listKind", "listKind"),
    ] {
        let text = said(fields, name);
        let is_lower = matches!(name, "plural" | "singular");
        let fits = text.is_empty()
            || if is_lower {
                syntax::is_dns_1035_label(text)
            } else {
                word(text)
            };
        ensure(fits, field, || {
            format!("{text:?} is no word of letters, digits and `-`")
        })?;
    }
    for name in ["shortNames", "categories"] {
        let field = if name == "shortNames" {
            "shortNames"
        } else {
            "categories"
        };
        if let Some(text) = texts(fields, name).find(|text| !syntax::is_dns_1035_label(text)) {
            return wrong(field, format!("{text:?} is no word of lower-case letters"));
        }
    }
    ensure(
        said(fields, "kind").is_empty() || said(fields, "kind") != said(fields, "listKind"),
        "listKind",
        || "it must differ from kind".to_owned(),
    )
}

/// Versions have different names, and a way from one to the other.
pub(in crate::api) fn versions_fit(fields: &Fields) -> Verdict {
    let names = objects(fields, "versions").map(|version| said(version, "name"));
    if let Some(name) = twice(names) {
        return wrong("versions", format!("the version {name:?} is there twice"));
    }
    ensure(
        !is_true(fields, "preserveUnknownFields"),
        "preserveUnknownFields",
        || {
            "it must be false; x-kubernetes-preserve-unknown-fields in the schema does the same"
                .to_owned()
        },
    )?;
    let Some(conversion) = inner(fields, "conversion") else {
        return Ok(());
    };
    let webhook = inner(conversion, "webhook");
    match said_or(conversion, "strategy", "None") {
        "None" => ensure(webhook.is_none(), "conversion", || {
            "a webhook goes with the strategy Webhook".to_owned()
        }),
        "Webhook" => match webhook {
            None => wrong("conversion", "the strategy Webhook needs webhook"),
            Some(webhook) => conversion_is_reachable(webhook),
        },
        other => wrong(
            "conversion",
            format!("{other:?} is neither None nor Webhook"),
        ),
    }
}

fn conversion_is_reachable(webhook: &Fields) -> Verdict {
    let field = "conversion";
    let Some(client) = inner(webhook, "clientConfig") else {
        return wrong(field, "a webhook needs clientConfig");
    };
    let service = inner(client, "service");
    if service.is_some() == has(client, "url") {
        return wrong(field, "a webhook has either a url or a service");
    }
    if has(client, "url") && !is_hook_address(said(client, "url")) {
        return wrong(field, "the url must be `https://host[/path]`");
    }
    if let Some(service) = service {
        let path = said(service, "path");
        let port = small(service, "port").unwrap_or(443);
        let fits = !said(service, "name").is_empty()
            && !said(service, "namespace").is_empty()
            && (1..=65_535).contains(&port)
            && (!has(service, "path") || is_hook_path(path));
        ensure(fits, field, || {
            "the service needs a name, a namespace and a path".to_owned()
        })?;
    }
    let versions: Vec<&str> = texts(webhook, "conversionReviewVersions").collect();
    let fits = versions
        .iter()
        .any(|version| matches!(*version, "v1" | "v1beta1"))
        && versions
            .iter()
            .all(|version| syntax::is_dns_1035_label(version))
        && twice(versions).is_none();
    ensure(fits, field, || {
        "conversionReviewVersions names v1 or v1beta1, each version once".to_owned()
    })
}

/// One version: its columns, its subresources, its warning, and its schema.
pub(in crate::api) fn version_is_whole(fields: &Fields) -> Verdict {
    if let Some(warning) = fields.get("deprecationWarning").and_then(Json::as_str) {
        let fits = is_true(fields, "deprecated")
            && (1..=256).contains(&warning.len())
            && !warning.chars().any(char::is_control);
        ensure(fits, "deprecationWarning", || {
            "it is one line for deprecated versions, at most 256 characters".to_owned()
        })?;
    }
    for column in objects(fields, "additionalPrinterColumns") {
        column_is_whole(column)?;
    }
    let subresources = inside(fields, "subresources");
    if let Some(scale) = inner(subresources, "scale") {
        scale_is_whole(scale)?;
    }
    if items(fields, "selectableFields").len() > 8 {
        return wrong("selectableFields", "at most 8");
    }
    for selectable in objects(fields, "selectableFields") {
        let path = said(selectable, "jsonPath");
        ensure(
            path.starts_with('.') && !path.starts_with(".metadata"),
            "selectableFields",
            || format!("{path:?} is no path of a field outside of metadata"),
        )?;
    }
    let Some(schema) = inner(inside(fields, "schema"), "openAPIV3Schema") else {
        return Ok(());
    };
    match structural::complaint(schema) {
        None => Ok(()),
        Some(message) => wrong("schema", message),
    }
}

fn column_is_whole(column: &Fields) -> Verdict {
    const FORMATS: [&str; 9] = [
        "",
        "int32",
        "int64",
        "float",
        "double",
        "byte",
        "date",
        "date-time",
        "password",
    ];
    let fits = !said(column, "name").is_empty()
        && matches!(
            said(column, "type"),
            "integer" | "number" | "string" | "boolean" | "date"
        )
        && FORMATS.contains(&said(column, "format"))
        && said(column, "jsonPath").starts_with('.');
    ensure(fits, "additionalPrinterColumns", || {
        format!(
            "the column {:?} needs a name, a type, a known format and a jsonPath",
            said(column, "name")
        )
    })
}

fn scale_is_whole(scale: &Fields) -> Verdict {
    let selector = said(scale, "labelSelectorPath");
    let fits = said(scale, "specReplicasPath").starts_with(".spec.")
        && said(scale, "statusReplicasPath").starts_with(".status.")
        && (selector.is_empty()
            || selector.starts_with(".status.")
            || selector.starts_with(".spec."));
    ensure(fits, "subresources", || {
        "scale needs specReplicasPath below .spec and statusReplicasPath below .status".to_owned()
    })
}

/// Definitions in Kubernetes' own groups need its approval.
pub(in crate::api) fn group_is_approved(fields: &Fields) -> Verdict {
    let group = said(inside(fields, "spec"), "group");
    let is_protected = group == "k8s.io"
        || group == "kubernetes.io"
        || group.ends_with(".k8s.io")
        || group.ends_with(".kubernetes.io");
    let approval = said(
        inside(inside(fields, "metadata"), "annotations"),
        "api-approved.kubernetes.io",
    );
    let fits =
        approval.starts_with("unapproved") || (approval.contains("://") && !approval.contains(' '));
    ensure(!is_protected || fits, "metadata", || {
        format!("the group {group} needs the annotation api-approved.kubernetes.io")
    })
}
