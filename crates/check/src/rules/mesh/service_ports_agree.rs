//! The Services in front of the same pods of the mesh.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::cluster::{Cluster, Found, Pods, list, namespace_of, selector};
use crate::document::Document;
use crate::rules::mesh::{hosts, membership};
use crate::rules::refs::service_pods::pod_selector;

/// A port of a Service that leads to certain pods.
pub(super) struct ServicePort<'a> {
    pub(super) service: &'a Document,
    /// Where it stands.
    pub(super) path: String,
    /// The number that callers use.
    pub(super) number: u64,
    /// `TCP`, `UDP` or `SCTP`.
    pub(super) protocol: &'a str,
    /// Name or number on the pods.
    pub(super) target: String,
}

/// The pods of the mesh that several Services lead to, with all ports of these.
pub(super) fn shared<'c, 'a>(
    cluster: &'c Cluster<'a>,
) -> Vec<(&'c Pods<'a>, Vec<ServicePort<'a>>)> {
    let mut by_namespace: BTreeMap<&str, Vec<(&'a Document, &'a Json)>> = BTreeMap::new();
    for service in cluster.of_kind("", "Service") {
        // What is exported to nobody is for callers outside of the mesh.
        let is_hidden = hosts::seen_by(Found::Document(service)) == ["~"];
        if let Some(wanted) = pod_selector(&service.value).filter(|_| !is_hidden) {
            by_namespace
                .entry(namespace_of(service))
                .or_default()
                .push((service, wanted));
        }
    }
    let mut shared = Vec::new();
    for (namespace, services) in by_namespace {
        for pods in cluster.pods_in(namespace) {
            let of_pods: Vec<&'a Document> = services
                .iter()
                .filter(|(_, wanted)| selector::matches_map(wanted, &pods.labels))
                .map(|(service, _)| *service)
                .collect();
            if of_pods.len() > 1 && membership::surely_has_proxy(cluster, pods) {
                shared.push((pods, of_pods.into_iter().flat_map(ports).collect()));
            }
        }
    }
    shared
}

fn ports(service: &Document) -> impl Iterator<Item = ServicePort<'_>> {
    list(&service.value, "/spec/ports").filter_map(|(index, port)| {
        let number = port.get("port")?.as_u64()?;
        let target = match port.get("targetPort") {
            Some(Json::String(name)) => name.clone(),
            Some(Json::Number(target)) => target.to_string(),
            _ => number.to_string(),
        };
        Some(ServicePort {
            service,
            path: format!("spec.ports[{index}]"),
            number,
            protocol: port.get("protocol").and_then(Json::as_str).unwrap_or("TCP"),
            target,
        })
    })
}
