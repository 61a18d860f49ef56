//! Whom the proxies of callers know: where only registered hosts may be called, those that a `Sidecar` names.

use manifest::ResourceId;
use serde_json::Value as Json;

use crate::cluster::{labels, list, selector, text};
use crate::document::Document;
use crate::network::World;
use crate::network::bits::Bits;
use crate::network::classes::{Class, PodClass};
use crate::pointer::Lookup;
use crate::rules::mesh::hosts::ROOT_NAMESPACE;

/// Whom the callers of one class may call.
#[derive(Clone, Debug)]
pub(super) struct Registry {
    /// The classes whose hosts are known to the proxy.
    pub(super) known: Bits,
    /// Who says so.
    pub(super) by: Vec<ResourceId>,
}

/// For each class, whom it may call; nothing where unknown hosts are called as well.
pub(super) fn all(world: &World<'_, '_>) -> Vec<Option<Registry>> {
    let sidecars = world.cluster.of_kind("networking.istio.io", "Sidecar");
    let is_strict = sidecars.iter().any(|sidecar| mode(sidecar).is_some());
    if !is_strict {
        return Vec::new();
    }
    let services = world.cluster.of_kind("", "Service");
    let entries = !world
        .cluster
        .of_kind("networking.istio.io", "ServiceEntry")
        .is_empty();
    let classes = world.ends.classes.iter().map(|class| {
        let Class::Pods(pods) = class else {
            return None;
        };
        let sidecar = chosen(sidecars, pods)?;
        (mode(sidecar) == Some("REGISTRY_ONLY")).then(|| Registry {
            known: known(world, services, sidecar, &pods.namespace, entries),
            by: vec![sidecar.id.clone()],
        })
    });
    classes.collect()
}

fn mode(sidecar: &Document) -> Option<&str> {
    text(&sidecar.value, "/spec/outboundTrafficPolicy/mode")
}

/// The Sidecar of pods: their own, else that of their namespace, else that of the mesh.
fn chosen<'d>(sidecars: &[&'d Document], pods: &PodClass) -> Option<&'d Document> {
    let wanted = |sidecar: &'d Document| sidecar.value.lookup("/spec/workloadSelector/labels");
    let of = |namespace: &str, own: bool| {
        sidecars.iter().copied().find(|sidecar| {
            crate::network::namespace_of(sidecar) == namespace
                && match wanted(sidecar) {
                    Some(wanted) => own && selector::matches_map(wanted, &pods.labels),
                    None => !own,
                }
        })
    };
    of(&pods.namespace, true)
        .or_else(|| of(&pods.namespace, false))
        .or_else(|| of(ROOT_NAMESPACE, false))
}

/// The classes behind the hosts that a Sidecar names. What lies outside is known where an entry may describe it.
fn known(
    world: &World<'_, '_>,
    services: &[&Document],
    sidecar: &Document,
    home: &str,
    entries: bool,
) -> Bits {
    let hosts: Vec<&str> = list(&sidecar.value, "/spec/egress")
        .flat_map(|(_, listener)| list(listener, "/hosts"))
        .filter_map(|(_, host)| host.as_str())
        .collect();
    let is_named = |service: &&&Document| {
        let namespace = crate::network::namespace_of(service);
        let host = format!("{}.{namespace}.svc.cluster.local", service.id.name);
        hosts.is_empty()
            || hosts
                .iter()
                .any(|pattern| names(pattern, home, namespace, &host))
    };
    let named: Vec<(&str, &Json)> = services
        .iter()
        .filter(is_named)
        .filter_map(|service| {
            let wanted = service.value.lookup("/spec/selector")?;
            Some((crate::network::namespace_of(service), wanted))
        })
        .filter(|(_, wanted)| !labels(Some(wanted)).is_empty())
        .collect();
    let classes = &world.ends.classes;
    Bits::of(classes.len(), |position| match classes.get(position) {
        Some(Class::Pods(pods)) => named.iter().any(|(namespace, wanted)| {
            *namespace == pods.namespace && selector::matches_map(wanted, &pods.labels)
        }),
        _ => entries,
    })
}

/// Whether `namespace/host` means a host: `.` is the Sidecar's own namespace, `*` any, `~` none.
fn names(pattern: &str, home: &str, namespace: &str, host: &str) -> bool {
    let (place, pattern) = pattern.split_once('/').unwrap_or(("*", pattern));
    let in_place = match place {
        "*" => true,
        "." => namespace == home,
        named => namespace == named,
    };
    in_place
        && match pattern.strip_prefix('*') {
            Some(suffix) => host.ends_with(suffix),
            None => host == pattern,
        }
}
