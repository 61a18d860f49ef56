//! Agreement inside of Services and ingresses.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::{Fields, Verdict, at, is_there};
use crate::cluster::text;
use crate::syntax;

fn said<'f>(fields: &'f Fields, name: &str) -> &'f str {
    fields.get(name).and_then(Json::as_str).unwrap_or_default()
}

fn items<'f>(fields: &'f Fields, name: &str) -> &'f [Json] {
    fields
        .get(name)
        .and_then(Json::as_array)
        .map_or(&[][..], Vec::as_slice)
}

/// Whether something stands there that is not the zero of its type.
fn is_set(fields: &Fields, name: &str) -> bool {
    is_there(fields, name)
        && fields
            .get(name)
            .is_some_and(|value| value.as_str() != Some("") && value.as_i64() != Some(0))
}

/// A Service has ports unless it is headless or a name only, and several ports have names.
pub(in crate::api) fn service_has_ports(fields: &Fields) -> Verdict {
    let of = |name: &str| fields.get(name).and_then(Json::as_str);
    let ports = fields
        .get("ports")
        .and_then(Json::as_array)
        .map_or(&[][..], Vec::as_slice);
    if ports.is_empty() && of("clusterIP") != Some("None") && of("type") != Some("ExternalName") {
        return Err((
            "ports",
            "a Service that is neither headless nor an ExternalName needs ports".to_owned(),
        ));
    }
    if ports.len() > 1
        && ports
            .iter()
            .any(|port| text(port, "/name").is_none_or(str::is_empty))
    {
        return Err(("ports", "with several ports each needs a name".to_owned()));
    }
    Ok(())
}

/// An Ingress leads somewhere.
pub(in crate::api) fn ingress_leads_somewhere(fields: &Fields) -> Verdict {
    let leads = is_there(fields, "rules") || is_there(fields, "defaultBackend");
    if leads {
        Ok(())
    } else {
        Err((
            "rules",
            "either rules or defaultBackend must be there".to_owned(),
        ))
    }
}

/// A name comes once among the ports of a Service.
pub(in crate::api) fn ports_differ(fields: &Fields) -> Verdict {
    let mut names = BTreeSet::new();
    for port in items(fields, "ports") {
        let name = text(port, "/name").unwrap_or_default();
        if !name.is_empty() && !names.insert(name) {
            return Err(("ports", format!("two ports have the name {name:?}")));
        }
    }
    Ok(())
}

/// A Service that is a name for another host has that name, and nothing that is about addresses.
pub(in crate::api) fn name_only_has_a_name(fields: &Fields) -> Verdict {
    if said(fields, "type") != "ExternalName" {
        return Ok(());
    }
    let name = said(fields, "externalName");
    if !syntax::is_subdomain(name.strip_suffix('.').unwrap_or(name)) {
        return Err(("externalName", format!("{name:?} is no name of a host")));
    }
    for field in ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"] {
        if is_set(fields, field) {
            return Err((field, "an ExternalName has none".to_owned()));
        }
    }
    Ok(())
}

/// What is about traffic from outside stands only at Services that have it.
pub(in crate::api) fn outside_fields_fit(fields: &Fields) -> Verdict {
    let kind = said(fields, "type");
    let is_balanced = kind == "LoadBalancer";
    let is_plain = matches!(kind, "" | "ClusterIP");
    let is_outside =
        is_balanced || kind == "NodePort" || (is_plain && is_there(fields, "externalIPs"));
    let policy = said(fields, "externalTrafficPolicy");
    if !policy.is_empty() && !is_outside {
        return Err((
            "externalTrafficPolicy",
            "only Services that are reached from outside have one".to_owned(),
        ));
    }
    if is_set(fields, "healthCheckNodePort") && !(is_balanced && policy == "Local") {
        return Err((
            "healthCheckNodePort",
            "only a LoadBalancer with externalTrafficPolicy Local has one".to_owned(),
        ));
    }
    let of_balancers = [
        "allocateLoadBalancerNodePorts",
        "loadBalancerClass",
        "loadBalancerSourceRanges",
    ];
    for field in of_balancers {
        if is_there(fields, field) && !is_balanced {
            return Err((field, "only a LoadBalancer has it".to_owned()));
        }
    }
    let has_node_port = |port: &Json| port.get("nodePort").and_then(Json::as_i64).unwrap_or(0) != 0;
    if is_plain && items(fields, "ports").iter().any(has_node_port) {
        return Err(("ports", "a ClusterIP has no nodePort".to_owned()));
    }
    Ok(())
}

/// The addresses of a Service begin with its address, and a headless one is not reached from outside.
pub(in crate::api) fn addresses_fit(fields: &Fields) -> Verdict {
    let address = said(fields, "clusterIP");
    let first = items(fields, "clusterIPs").first();
    if let Some(first) = first.and_then(Json::as_str)
        && first != address
    {
        return Err((
            "clusterIPs",
            format!("the first must be clusterIP, which is {address:?}"),
        ));
    }
    if address == "None" && matches!(said(fields, "type"), "NodePort" | "LoadBalancer") {
        return Err((
            "clusterIP",
            "a Service of this type needs an address".to_owned(),
        ));
    }
    let families = items(fields, "ipFamilies");
    if families.len() > 2 || (families.len() == 2 && families[0] == families[1]) {
        return Err(("ipFamilies", "IPv4 and IPv6 come once each".to_owned()));
    }
    let affinity = at(fields, "sessionAffinityConfig", "/clientIP");
    if affinity.is_some_and(|config| !config.is_null()) && said(fields, "sessionAffinity") == "None"
    {
        return Err((
            "sessionAffinityConfig",
            "it goes with the sessionAffinity ClientIP".to_owned(),
        ));
    }
    Ok(())
}

/// Hosts of an ingress are domains, of which the first part may be a `*`; they are no addresses.
pub(in crate::api) fn hosts_are_domains(fields: &Fields) -> Verdict {
    let rules = items(fields, "rules").iter();
    let of_rules = rules
        .filter_map(|rule| text(rule, "/host"))
        .filter(|host| !host.is_empty())
        .map(|host| ("rules", host));
    let tls = items(fields, "tls").iter();
    let of_tls = tls
        .filter_map(|entry| entry.get("hosts").and_then(Json::as_array))
        .flatten()
        .map(|host| ("tls", host.as_str().unwrap_or_default()));
    for (field, host) in of_rules.chain(of_tls) {
        if !syntax::is_subdomain(host.strip_prefix("*.").unwrap_or(host)) {
            return Err((
                field,
                format!("{host:?} is no host such as `a.example.com`"),
            ));
        }
    }
    Ok(())
}

/// A path that is compared begins with a slash.
pub(in crate::api) fn path_is_absolute(fields: &Fields) -> Verdict {
    let is_compared = matches!(said(fields, "pathType"), "Exact" | "Prefix");
    if is_compared && !said(fields, "path").starts_with('/') {
        return Err(("path", "it must begin with `/`".to_owned()));
    }
    Ok(())
}

/// A range of ports begins with a number that is not above its end.
pub(in crate::api) fn range_has_a_beginning(fields: &Fields) -> Verdict {
    let Some(end) = fields.get("endPort").and_then(Json::as_i64) else {
        return Ok(());
    };
    match fields.get("port").and_then(Json::as_i64) {
        Some(port) if port <= end && end <= 65535 => Ok(()),
        _ => Err((
            "endPort",
            "it goes with a port number that is not above it".to_owned(),
        )),
    }
}

/// A policy is about traffic in, traffic out, or both.
pub(in crate::api) fn policy_types_are_two(fields: &Fields) -> Verdict {
    if items(fields, "policyTypes").len() > 2 {
        return Err(("policyTypes", "there are only two types".to_owned()));
    }
    Ok(())
}

/// What an ingress leads to instead of a Service has a kind and a name.
pub(in crate::api) fn resource_is_named(fields: &Fields) -> Verdict {
    let Some(resource) = fields
        .get("resource")
        .filter(|resource| resource.is_object())
    else {
        return Ok(());
    };
    for part in ["/kind", "/name"] {
        if text(resource, part).is_none_or(str::is_empty) {
            return Err(("resource", "it needs a kind and a name".to_owned()));
        }
    }
    Ok(())
}
