//! Which pods and namespaces are part of the mesh.

use super::hosts::ROOT_NAMESPACE;
use crate::cluster::{Cluster, Pods};
use crate::pointer::Lookup;

/// The container that carries a pod's traffic.
pub(crate) const PROXY: &str = "istio-proxy";

/// The label, and formerly annotation, by which a pod says for itself whether it gets a proxy.
const POD_CHOICE: &str = "sidecar.istio.io/inject";

/// What a namespace says about its pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Namespace {
    /// Its pods get a proxy.
    Injected,
    /// The node's proxy carries the traffic of its pods.
    Ambient,
    /// Its pods stay outside.
    Outside,
    /// Nothing.
    Silent,
    /// It is not known at all.
    Unknown,
}

/// What a namespace says about its pods.
pub(crate) fn of_namespace(cluster: &Cluster<'_>, name: &str) -> Namespace {
    let Some(labels) = cluster.namespace_labels(name) else {
        return Namespace::Unknown;
    };
    let label = |key: &str| labels.get(key).map(String::as_str);
    match (
        label("istio-injection"),
        label("istio.io/rev"),
        label("istio.io/dataplane-mode"),
    ) {
        (Some("enabled"), _, _) => Namespace::Injected,
        (None, Some(revision), _) if !revision.is_empty() => Namespace::Injected,
        (None, _, Some("ambient")) => Namespace::Ambient,
        (Some(_), _, _) | (None, _, Some(_)) => Namespace::Outside,
        (None, _, None) => Namespace::Silent,
    }
}

/// Whether pods get a proxy; `None` where that is not known.
pub(crate) fn has_proxy(cluster: &Cluster<'_>, pods: &Pods<'_>) -> Option<bool> {
    if pods.containers().any(|container| container.name() == PROXY) {
        return Some(true);
    }
    let chosen = pods.labels.get(POD_CHOICE).map(String::as_str);
    if let Some(choice) = chosen.or_else(|| annotation(pods, POD_CHOICE)) {
        return Some(choice == "true");
    }
    match of_namespace(cluster, pods.namespace) {
        Namespace::Injected => Some(true),
        Namespace::Ambient | Namespace::Outside | Namespace::Silent => Some(false),
        Namespace::Unknown => None,
    }
}

/// Whether pods are known to get a proxy.
pub(super) fn surely_has_proxy(cluster: &Cluster<'_>, pods: &Pods<'_>) -> bool {
    has_proxy(cluster, pods) == Some(true)
}

/// The kinds that only mean something in a mesh.
const OF_THE_MESH: [(&str, &str); 6] = [
    ("networking.istio.io", "VirtualService"),
    ("networking.istio.io", "DestinationRule"),
    ("networking.istio.io", "Sidecar"),
    ("security.istio.io", "PeerAuthentication"),
    ("security.istio.io", "AuthorizationPolicy"),
    ("telemetry.istio.io", "Telemetry"),
];

/// Whether any namespace asks for the mesh, or any object is about it.
pub(super) fn is_in_use(cluster: &Cluster<'_>) -> bool {
    let is_spoken_of = OF_THE_MESH
        .iter()
        .any(|(group, kind)| !cluster.of_kind(group, kind).is_empty());
    is_spoken_of
        || cluster.namespaces().any(|(name, _)| {
            name != ROOT_NAMESPACE
                && matches!(
                    of_namespace(cluster, name),
                    Namespace::Injected | Namespace::Ambient
                )
        })
}

/// An annotation of a pod template.
pub(crate) fn annotation<'a>(pods: &Pods<'a>, key: &str) -> Option<&'a str> {
    let place = pods.path.strip_suffix("spec")?;
    let pointer = format!("/{}metadata/annotations", place.replace('.', "/"));
    pods.owner?.value.lookup(&pointer)?.get(key)?.as_str()
}

/// Whether pods say for themselves that the node's proxy carries their traffic.
pub(crate) fn is_ambient(pods: &Pods<'_>) -> bool {
    annotation(pods, "ambient.istio.io/redirection") == Some("enabled")
        || pods
            .labels
            .get("istio.io/dataplane-mode")
            .map(String::as_str)
            == Some("ambient")
}
