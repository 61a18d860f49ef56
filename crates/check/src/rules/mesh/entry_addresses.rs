//! MESH039: a `ServiceEntry` for bare TCP has addresses.

use crate::cluster::{Cluster, list, text};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::{hosts, mesh_config};

/// A `ServiceEntry` for bare TCP has addresses.
pub(crate) static RULE: Rule = Rule {
    code: "MESH039",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "a ServiceEntry for bare TCP has addresses",
    why: "A TCP connection carries no host name: without addresses the proxy tells it from others by the port alone, and takes all of that port for this entry.",
    fix: "Set addresses, or say a protocol that carries the host (HTTP, TLS).",
    absorbs: &["istioctl IST0134"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    if gives_addresses(cluster) {
        return;
    }
    for entry in cluster.of_kind(hosts::GROUP, "ServiceEntry") {
        // The control plane says in the status which addresses it chose.
        let has = |pointer| list(&entry.value, pointer).next().is_some();
        if has("/spec/addresses") || has("/status/addresses") {
            continue;
        }
        for (index, port) in list(&entry.value, "/spec/ports") {
            let protocol = text(port, "/protocol").unwrap_or_default();
            if protocol.is_empty() || protocol.eq_ignore_ascii_case("TCP") {
                let shown = text(port, "/name").unwrap_or("without a name");
                let message = format!("port {shown} is TCP, and the entry has no addresses");
                findings.add(entry, format!("spec.ports[{index}].protocol"), message);
            }
        }
    }
}

/// Whether the mesh is told to give addresses of its own to hosts that have none.
fn gives_addresses(cluster: &Cluster<'_>) -> bool {
    mesh_config::all(cluster).iter().any(|config| {
        let metadata = config.lookup("/defaultConfig/proxyMetadata");
        let says = |key: &str| {
            metadata
                .and_then(|metadata| metadata.get(key)?.as_str())
                .is_some_and(|value| value == "true")
        };
        says("ISTIO_META_DNS_CAPTURE")
            && (says("ISTIO_META_DNS_AUTO_ALLOCATE") || says("PILOT_ENABLE_IP_AUTOALLOCATE"))
    })
}
