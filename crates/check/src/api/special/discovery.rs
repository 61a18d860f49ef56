//! Agreement inside of endpoints and their slices.

use std::net::IpAddr;

use super::fields::{ensure, inner, items, objects, said, texts, twice, wrong};
use super::{Fields, Verdict};
use crate::syntax;

/// Whether traffic can be sent to an address: not to this host, nor to those on the same wire.
pub(super) fn is_reachable(address: &str) -> bool {
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => {
            !address.is_unspecified()
                && !address.is_loopback()
                && !address.is_link_local()
                && address.octets()[..3] != [224, 0, 0]
        }
        Ok(IpAddr::V6(address)) => {
            !address.is_unspecified()
                && !address.is_loopback()
                && !address.is_unicast_link_local()
                && address.segments()[0] & 0xff0f != 0xff02
        }
        Err(_) => false,
    }
}

/// An endpoint of a slice has addresses that can be reached, and names that are names.
pub(in crate::api) fn endpoint_is_whole(fields: &Fields) -> Verdict {
    let count = items(fields, "addresses").len();
    if count > 100 {
        return wrong("addresses", "at most 100");
    }
    let hostname = said(fields, "hostname");
    if fields
        .get("hostname")
        .is_some_and(serde_json::Value::is_string)
        && !syntax::is_label(hostname)
    {
        return wrong("hostname", format!("{hostname:?} is no name of a host"));
    }
    node_is_named(fields, "nodeName")?;
    let Some(hints) = inner(fields, "hints") else {
        return Ok(());
    };
    if items(hints, "forZones").len() > 8 || items(hints, "forNodes").len() > 8 {
        return wrong("hints", "at most 8 zones and nodes");
    }
    let zones: Vec<&str> = objects(hints, "forZones")
        .map(|zone| said(zone, "name"))
        .collect();
    let nodes: Vec<&str> = objects(hints, "forNodes")
        .map(|node| said(node, "name"))
        .collect();
    let fits = twice(zones.iter().copied()).is_none()
        && twice(nodes.iter().copied()).is_none()
        && zones.iter().all(|zone| syntax::is_label_value(zone))
        && nodes.iter().all(|node| syntax::is_subdomain(node));
    ensure(fits, "hints", || {
        "zones and nodes have valid names, each once".to_owned()
    })
}

/// A node is named by a subdomain.
pub(in crate::api) fn node_is_named(fields: &Fields, name: &'static str) -> Verdict {
    let node = said(fields, name);
    let is_there = fields.get(name).is_some_and(serde_json::Value::is_string);
    ensure(!is_there || syntax::is_subdomain(node), name, || {
        format!("{node:?} is no name of a node")
    })
}

/// The addresses of a slice are of the type that it says.
pub(in crate::api) fn addresses_have_their_type(fields: &Fields) -> Verdict {
    let kind = said(fields, "addressType");
    if items(fields, "endpoints").len() > 1000 || items(fields, "ports").len() > 20_000 {
        return wrong("endpoints", "at most 1000 endpoints and 20000 ports");
    }
    let fits = |address: &str| match kind {
        "IPv4" => address.contains('.') && !address.contains(':') && is_reachable(address),
        "IPv6" => address.contains(':') && is_reachable(address),
        "FQDN" => {
            let name = address.strip_suffix('.').unwrap_or(address);
            syntax::is_subdomain(name) && name.contains('.')
        }
        _ => true,
    };
    for endpoint in objects(fields, "endpoints") {
        if let Some(address) = texts(endpoint, "addresses").find(|address| !fits(address)) {
            return wrong(
                "endpoints",
                format!("{address:?} is no address of type {kind} that can be reached"),
            );
        }
    }
    match twice(objects(fields, "ports").map(|port| said(port, "name"))) {
        None => Ok(()),
        Some(name) => wrong("ports", format!("two ports have the name {name:?}")),
    }
}

/// With several ports of endpoints, each has a name.
pub(in crate::api) fn endpoint_ports_have_names(fields: &Fields) -> Verdict {
    let nameless = objects(fields, "ports").any(|port| said(port, "name").is_empty());
    ensure(
        items(fields, "ports").len() < 2 || !nameless,
        "ports",
        || "with several ports each needs a name".to_owned(),
    )
}

/// An address of endpoints can be reached.
pub(in crate::api) fn endpoint_address_is_whole(fields: &Fields) -> Verdict {
    let address = said(fields, "ip");
    if !address.is_empty() && !is_reachable(address) {
        return wrong(
            "ip",
            format!("{address:?} is no address that can be reached"),
        );
    }
    let hostname = said(fields, "hostname");
    if !hostname.is_empty() && !syntax::is_label(hostname) {
        return wrong("hostname", format!("{hostname:?} is no name of a host"));
    }
    node_is_named(fields, "nodeName")
}
