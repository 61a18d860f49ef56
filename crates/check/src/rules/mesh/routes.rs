//! The destinations of all `VirtualServices`.

use serde_json::Value as Json;

use super::hosts;
use crate::cluster::{Cluster, list, text};
use crate::document::Document;

/// One destination of a `VirtualService`.
pub(super) struct Route<'a> {
    pub(super) document: &'a Document,
    pub(super) destination: &'a Json,
    /// Where it stands.
    pub(super) path: String,
}

/// The host of a destination, unless it is written as a pattern.
pub(super) fn host(destination: &Json) -> Option<&str> {
    text(destination, "/host").filter(|host| !host.starts_with('*'))
}

/// All destinations, those of mirrors included.
pub(super) fn all<'a>(cluster: &Cluster<'a>) -> Vec<Route<'a>> {
    let mut routes = Vec::new();
    for document in hosts::virtual_services(cluster) {
        for (protocol, pointer) in [
            ("http", "/spec/http"),
            ("tcp", "/spec/tcp"),
            ("tls", "/spec/tls"),
        ] {
            for (index, rule) in list(&document.value, pointer) {
                let path = format!("spec.{protocol}[{index}]");
                let weighted = list(rule, "/route").map(|(index, route)| {
                    (
                        format!("route[{index}].destination"),
                        route.get("destination"),
                    )
                });
                let mirrors = list(rule, "/mirrors").map(|(index, mirror)| {
                    (
                        format!("mirrors[{index}].destination"),
                        mirror.get("destination"),
                    )
                });
                let mirror = std::iter::once(("mirror".to_owned(), rule.get("mirror")));
                let found = weighted.chain(mirrors).chain(mirror);
                routes.extend(found.filter_map(|(place, destination)| {
                    Some(Route {
                        document,
                        destination: destination?,
                        path: format!("{path}.{place}"),
                    })
                }));
            }
        }
    }
    routes
}
