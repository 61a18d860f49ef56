//! Name, namespace, labels, annotations and status of an object.

use schemas::{KindSchema, Scope};
use serde_json::{Map, Value as Json};

use super::own_name;
use super::special;
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Finding;
use crate::rules::api::{combination, labels, namespace, namespace_said, range, status};
use crate::syntax;

/// The server's limit on all annotations of an object together, in bytes.
const ANNOTATIONS_LIMIT: usize = 256 * 1024;

/// Judges what every object has.
pub(super) fn check(document: &Document, kind: &KindSchema, found: &mut Vec<Finding>) {
    let metadata = document.value.get("metadata").and_then(Json::as_object);
    found.extend(own_name::check(document, kind, metadata));
    found.extend(own_finalizers(document, metadata));
    found.extend(own_generation(document, metadata));
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
            let label = own_name::LABEL;
            report(&namespace::RULE, format!("the namespace {name:?} {label}"))
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

/// Kinds of Kubernetes' own groups that take any qualified finalizer, as custom resources do.
const OF_ANY_FINALIZER: [&str; 7] = [
    "admissionregistration.k8s.io",
    "apiextensions.k8s.io",
    "apiregistration.k8s.io",
    "coordination.k8s.io",
    "events.k8s.io",
    "node.k8s.io",
    "policy",
];

/// The finalizers of most built-in kinds have a domain, or are Kubernetes' own.
fn own_finalizers(document: &Document, metadata: Option<&Map<String, Json>>) -> Option<Finding> {
    let id = &document.id;
    let is_any = !id.is_built_in()
        || OF_ANY_FINALIZER.contains(&id.group())
        || (id.group().is_empty() && id.kind == "Event");
    if is_any {
        return None;
    }
    let finalizers = metadata?.get("finalizers")?.as_array()?;
    let plain = finalizers.iter().filter_map(Json::as_str).find(|name| {
        !name.is_empty() && !name.contains('/') && !special::is_standard_finalizer(name)
    })?;
    Some(Finding::new(
        &combination::RULE,
        document,
        "metadata.finalizers",
        format!("{plain:?} is neither a finalizer of Kubernetes' own nor a name with a domain"),
    ))
}

/// Kinds whose generation the server does not set to 1, whatever stands there.
const OF_ANY_GENERATION: [(&str, &[&str]); 7] = [
    (
        "",
        &[
            "ConfigMap",
            "Endpoints",
            "Event",
            "LimitRange",
            "Namespace",
            "Node",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "ResourceQuota",
            "Secret",
            "Service",
            "ServiceAccount",
        ],
    ),
    ("autoscaling", &["HorizontalPodAutoscaler"]),
    (
        "rbac.authorization.k8s.io",
        &["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
    ),
    ("coordination.k8s.io", &["Lease"]),
    ("node.k8s.io", &["RuntimeClass"]),
    (
        "resource.k8s.io",
        &["ResourceClaim", "ResourceClaimTemplate"],
    ),
    (
        "storage.k8s.io",
        &["CSIDriver", "StorageClass", "VolumeAttachment"],
    ),
];

/// Where the server keeps the generation that is written, it is no negative one.
fn own_generation(document: &Document, metadata: Option<&Map<String, Json>>) -> Option<Finding> {
    let generation = metadata?.get("generation")?.as_i64()?;
    let id = &document.id;
    let is_kept = OF_ANY_GENERATION
        .iter()
        .any(|(group, kinds)| *group == id.group() && kinds.contains(&id.kind.as_ref()));
    (generation < 0 && is_kept).then(|| {
        Finding::new(
            &range::RULE,
            document,
            "metadata.generation",
            "must be 0 or more",
        )
    })
}
