//! From a port of a Service to the ports of the pods behind it.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, namespace_of, selector, text};
use crate::document::Document;
use crate::network::classes::protocol;
use crate::network::{Paths, Port};
use crate::pointer::Lookup;

/// The ends behind a port of a Service, by name or number; none where the Service selects nothing or has no such port.
pub(crate) fn targets(
    cluster: &Cluster<'_>,
    paths: &Paths,
    service: &Document,
    port: &Json,
) -> Vec<(usize, Port)> {
    let wanted = service.value.lookup("/spec/selector");
    let Some(wanted) =
        wanted.filter(|wanted| wanted.as_object().is_some_and(|labels| !labels.is_empty()))
    else {
        return Vec::new();
    };
    let is_meant = |entry: &Json| match port {
        Json::String(name) => text(entry, "/name") == Some(name),
        number => entry.get("port").and_then(Json::as_u64) == number.as_u64(),
    };
    let entries: Vec<&Json> = list(&service.value, "/spec/ports")
        .map(|(_, entry)| entry)
        .filter(|entry| is_meant(entry))
        .collect();
    let namespace = namespace_of(service);
    let mut found = Vec::new();
    for (position, pods) in cluster.labelled(namespace, Some(wanted)) {
        if !selector::matches_map(wanted, &pods.labels) {
            continue;
        }
        let Some(end) = paths.of_pods(position) else {
            continue;
        };
        found.extend(
            entries
                .iter()
                .filter_map(|entry| Some((end, target(paths, end, entry)?))),
        );
    }
    found
}

/// The port of pods that an entry of a Service leads to.
fn target(paths: &Paths, end: usize, entry: &Json) -> Option<Port> {
    let protocol = protocol(entry.get("protocol"))?;
    let target = entry.get("targetPort").filter(|target| !target.is_null());
    match target.or_else(|| entry.get("port"))? {
        Json::String(name) => paths.named_port(end, name, protocol),
        number => {
            let number = u16::try_from(number.as_u64()?).ok()?;
            Some(Port { protocol, number })
        }
    }
}
