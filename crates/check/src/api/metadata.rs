//! Name, namespace, labels, annotations and status of an object.

use schemas::{KindSchema, Scope};
use serde_json::{Map, Value as Json};

use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Finding;
use crate::rules::api::{labels, name, namespace, namespace_said, range, status};
use crate::syntax;

/// The server's limit on all annotations of an object together, in bytes.
const ANNOTATIONS_LIMIT: usize = 256 * 1024;

/// Judges what every object has.
pub(super) fn check(document: &Document, kind: &KindSchema, found: &mut Vec<Finding>) {
    let metadata = document.value.get("metadata").and_then(Json::as_object);
    found.extend(own_name(document, kind, metadata));
    found.extend(own_namespace(document, kind));
    found.extend(replicas(document, kind));
    if let Some(metadata) = metadata {
        annotation_map(document, metadata, found);
    }
    // A node writes its own status: whoever has one took it from a cluster, to say what there is.
    let is_node = document.id.group().is_empty() && document.id.kind == "Node";
    if !is_node
        && document
            .value
            .get("status")
            .is_some_and(|status| status.as_object().is_none_or(|fields| !fields.is_empty()))
    {
        found.push(Finding::new(
            &status::RULE,
            document,
            "status",
            "the object carries a status, which is the cluster's to write",
        ));
    }
}

fn own_name(
    document: &Document,
    kind: &KindSchema,
    metadata: Option<&Map<String, Json>>,
) -> Option<Finding> {
    let report = |message: String| {
        Some(Finding::new(
            &name::RULE,
            document,
            "metadata.name",
            message,
        ))
    };
    let text = document.id.name.as_str();
    if text.is_empty() {
        let is_generated = metadata.is_some_and(|metadata| metadata.contains_key("generateName"));
        return if is_generated {
            None
        } else {
            report("the object has no name".to_owned())
        };
    }
    let (valid, rule) = match (kind.group.as_str(), kind.kind.as_str()) {
        ("rbac.authorization.k8s.io", _) => (
            syntax::is_path_segment(text),
            "must be usable in a path: no `/` and no `%`",
        ),
        ("networking.k8s.io", "IPAddress") => (
            crate::format::is_valid("ipv4", text) || crate::format::is_valid("ipv6", text),
            "must be the address itself",
        ),
        ("", "Namespace") => (syntax::is_label(text), LABEL),
        ("", "Service") => (syntax::is_dns_1035_label(text), LABEL_1035),
        ("batch", "CronJob") => (
            syntax::is_subdomain(text) && text.len() <= 52,
            "must be a subdomain of at most 52 characters, jobs append 11 more",
        ),
        _ => (
            syntax::is_subdomain(text),
            "must be a subdomain: lower-case letters, digits, `-` and `.`, at most 253 characters",
        ),
    };
    if valid {
        None
    } else {
        report(format!("the name {text:?} {rule}"))
    }
}

const LABEL: &str = "must be lower-case letters, digits and `-`, at most 63 characters";
const LABEL_1035: &str =
    "must be lower-case letters, digits and `-`, begin with a letter, at most 63 characters";

fn own_namespace(document: &Document, kind: &KindSchema) -> Option<Finding> {
    let report =
        |rule, message: String| Some(Finding::new(rule, document, "metadata.namespace", message));
    match (kind.scope, document.id.namespace.as_deref()) {
        (Scope::Namespaced, None | Some("")) => report(
            &namespace_said::RULE,
            format!("a {} belongs to a namespace, and none is named", kind.kind),
        ),
        (Scope::Cluster, Some(name)) => report(
            &namespace_said::RULE,
            format!(
                "a {} belongs to the whole cluster, not to namespace {name}",
                kind.kind
            ),
        ),
        (Scope::Namespaced, Some(name)) if !syntax::is_label(name) => {
            report(&namespace::RULE, format!("the namespace {name:?} {LABEL}"))
        }
        _ => None,
    }
}

/// What an autoscaler may set in a custom resource is a number of replicas.
fn replicas(document: &Document, kind: &KindSchema) -> Option<Finding> {
    let path = &kind.subresources.scale.as_ref()?.spec_replicas_path;
    let number = document.value.lookup(&path.replace('.', "/"))?.as_i64()?;
    if (0..=i64::from(i32::MAX)).contains(&number) {
        return None;
    }
    Some(Finding::new(
        &range::RULE,
        document,
        path.trim_start_matches('.'),
        format!("must be 0 to {}, is {number}", i32::MAX),
    ))
}

fn annotation_map(document: &Document, metadata: &Map<String, Json>, found: &mut Vec<Finding>) {
    let mut bytes = 0;
    for (key, value) in metadata
        .get("annotations")
        .and_then(Json::as_object)
        .into_iter()
        .flatten()
    {
        bytes += key.len() + value.as_str().map_or(0, str::len);
        if !syntax::is_qualified_name(&key.to_ascii_lowercase()) {
            let path = format!("metadata.annotations[{key}]");
            found.push(Finding::new(
                &labels::RULE,
                document,
                path,
                format!("{key:?} is no annotation key"),
            ));
        }
    }
    if bytes > ANNOTATIONS_LIMIT {
        let message =
            format!("the annotations are {bytes} bytes long, {ANNOTATIONS_LIMIT} are allowed");
        found.push(Finding::new(
            &labels::RULE,
            document,
            "metadata.annotations",
            message,
        ));
    }
}
