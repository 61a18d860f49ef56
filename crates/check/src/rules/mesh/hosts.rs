//! The hosts of the mesh and the objects that stand behind them.

use serde_json::Value as Json;

use crate::cluster::{Cluster, Found, list, namespace_of, text};
use crate::document::Document;

/// The group of Istio's routing kinds.
pub(crate) const GROUP: &str = "networking.istio.io";

/// Where Istio's policies for the whole mesh stand.
pub(crate) const ROOT_NAMESPACE: &str = "istio-system";

/// What a host name stands for.
pub(crate) enum Host<'a> {
    /// A Service, and its namespace.
    Service {
        found: Found<'a>,
        namespace: &'a str,
    },
    /// A host that a `ServiceEntry` brings into the mesh.
    Entry,
    /// Nothing that the mesh knows.
    Unknown,
}

/// What a host name means in a namespace.
pub(crate) fn resolve<'a>(cluster: &Cluster<'a>, host: &str, namespace: &str) -> Host<'a> {
    let (name, space) = service_name(host, namespace);
    if let Some(found) = space.and_then(|space| cluster.find("", "Service", space, name)) {
        let id = match found {
            Found::Document(document) => &document.id,
            Found::External(object) => &object.id,
        };
        return Host::Service {
            found,
            namespace: id.namespace.as_deref().unwrap_or_default(),
        };
    }
    let names_host = |entry: &&'a Document| {
        list(&entry.value, "/spec/hosts")
            .filter_map(|(_, listed)| listed.as_str())
            .any(|listed| {
                listed == host
                    || listed
                        .strip_prefix('*')
                        .is_some_and(|suffix| host.ends_with(suffix))
            })
    };
    if cluster
        .of_kind(GROUP, "ServiceEntry")
        .iter()
        .any(names_host)
    {
        Host::Entry
    } else {
        Host::Unknown
    }
}

/// The name of a Service and its namespace, for the forms `name`, `name.namespace.svc` and with the cluster's domain.
fn service_name<'h>(host: &'h str, namespace: &'h str) -> (&'h str, Option<&'h str>) {
    match host.split('.').collect::<Vec<_>>().as_slice() {
        [name] => (name, Some(namespace)),
        [name, space, "svc"] | [name, space, "svc", "cluster", "local"] => (name, Some(space)),
        _ => (host, None),
    }
}

/// Whether two host names, each written in a namespace, mean the same.
pub(crate) fn is_same(left: (&str, &str), right: (&str, &str)) -> bool {
    left.0 == right.0 && !left.0.contains('.') && left.1 == right.1
        || match (service_name(left.0, left.1), service_name(right.0, right.1)) {
            ((left, Some(left_space)), (right, Some(right_space))) => {
                left == right && left_space == right_space
            }
            ((left, None), (right, None)) => left == right,
            _ => false,
        }
}

/// The `DestinationRules` for a host that is written in a namespace.
pub(crate) fn destination_rules<'c, 'a>(
    cluster: &'c Cluster<'a>,
    host: &'c str,
    namespace: &'c str,
) -> impl Iterator<Item = &'a Document> + 'c {
    cluster
        .of_kind(GROUP, "DestinationRule")
        .iter()
        .copied()
        .filter(move |rule| {
            text(&rule.value, "/spec/host")
                .is_some_and(|own| is_same((own, namespace_of(rule)), (host, namespace)))
        })
}

/// Position, name and definition of the subsets of a `DestinationRule`.
pub(crate) fn subsets(rule: &Document) -> impl Iterator<Item = (usize, &str, &Json)> {
    list(&rule.value, "/spec/subsets")
        .map(|(index, subset)| (index, text(subset, "/name").unwrap_or_default(), subset))
}

/// All `VirtualServices`.
pub(crate) fn virtual_services<'c, 'a>(
    cluster: &'c Cluster<'a>,
) -> impl Iterator<Item = &'a Document> + 'c {
    cluster.of_kind(GROUP, "VirtualService").iter().copied()
}
