//! Agreement inside of Services and ingresses.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::fields::{ensure, has, inside, items, objects, said, said_or, small, wrong};
use super::{Fields, Verdict, at, is_there};
use crate::cluster::text;
use crate::syntax;

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
    let addresses = items(fields, "clusterIPs");
    let is_six = |address: &Json| address.as_str().is_some_and(|text| text.contains(':'));
    let six = addresses.iter().filter(|address| is_six(address)).count();
    if addresses.len() > 2 || (addresses.len() == 2 && six != 1) {
        return Err((
            "clusterIPs",
            "one address of each IP family at most".to_owned(),
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
    match resource.as_object().map(reference_is_named) {
        Some(Err((_, message))) => Err(("resource", message)),
        _ => Ok(()),
    }
}

/// A network is no pod: a peer is the one or the other.
pub(in crate::api) fn peer_is_one(fields: &Fields) -> Verdict {
    let others = has(fields, "podSelector") || has(fields, "namespaceSelector");
    ensure(!(has(fields, "ipBlock") && others), "ipBlock", || {
        "a peer is either an ipBlock or pods".to_owned()
    })
}

/// A path that is compared has no empty step and no dots.
pub(in crate::api) fn path_is_plain(fields: &Fields) -> Verdict {
    if !matches!(said(fields, "pathType"), "Exact" | "Prefix") {
        return Ok(());
    }
    let path = said(fields, "path");
    let has_sequence = ["//", "/./", "/../", "%2f", "%2F"]
        .iter()
        .any(|sequence| path.contains(sequence));
    let fits = !has_sequence && !path.ends_with("/..") && !path.ends_with("/.");
    ensure(fits, "path", || {
        format!("{path:?} has an empty step or dots")
    })
}

/// Names of an ingress: secrets, its class, and what it leads to.
pub(in crate::api) fn ingress_names_are_valid(fields: &Fields) -> Verdict {
    for entry in objects(fields, "tls") {
        let secret = said(entry, "secretName");
        ensure(
            secret.is_empty() || syntax::is_subdomain(secret),
            "tls",
            || format!("{secret:?} is no name of a secret"),
        )?;
    }
    let class = fields.get("ingressClassName").and_then(Json::as_str);
    ensure(
        class.is_none_or(syntax::is_subdomain),
        "ingressClassName",
        || "it is no name of a class".to_owned(),
    )
}

/// An ingress does not name its class in two ways.
pub(in crate::api) fn class_is_named_once(fields: &Fields) -> Verdict {
    let annotations = inside(inside(fields, "metadata"), "annotations");
    let old = annotations
        .get("kubernetes.io/ingress.class")
        .and_then(Json::as_str);
    let new = inside(fields, "spec")
        .get("ingressClassName")
        .and_then(Json::as_str);
    let fits = old.is_none() || new.is_none() || old == new;
    ensure(fits, "metadata", || {
        "the annotation kubernetes.io/ingress.class names another class than ingressClassName"
            .to_owned()
    })
}

/// A reference to an object of another kind.
fn reference_is_named(fields: &Fields) -> Verdict {
    let group = said(fields, "apiGroup");
    let is_group = !has(fields, "apiGroup") || syntax::is_subdomain(group);
    let named = |name: &str| {
        let text = said(fields, name);
        text.is_empty() || syntax::is_path_segment(text)
    };
    ensure(is_group && named("kind") && named("name"), "kind", || {
        "a reference has a valid apiGroup, kind and name".to_owned()
    })
}

/// The parameters of a class belong to a namespace, or to the cluster.
pub(in crate::api) fn parameters_have_a_scope(fields: &Fields) -> Verdict {
    reference_is_named(fields)?;
    let namespace = fields.get("namespace").and_then(Json::as_str);
    match fields
        .get("scope")
        .and_then(Json::as_str)
        .unwrap_or("Cluster")
    {
        "Cluster" => ensure(namespace.is_none(), "namespace", || {
            "parameters of the scope Cluster have none".to_owned()
        }),
        "Namespace" => ensure(namespace.is_some_and(syntax::is_label), "namespace", || {
            "parameters of the scope Namespace name it".to_owned()
        }),
        other => wrong(
            "scope",
            format!("{other:?} is neither Cluster nor Namespace"),
        ),
    }
}

/// The object that an address belongs to.
pub(in crate::api) fn parent_is_named(fields: &Fields) -> Verdict {
    let group = said(fields, "group");
    let named = |name: &str| {
        let text = said(fields, name);
        text.is_empty() || syntax::is_path_segment(text)
    };
    let fits = (group.is_empty() || syntax::is_subdomain(group))
        && ["resource", "name", "namespace"].into_iter().all(named);
    ensure(fits, "resource", || {
        "the parent has a valid group, resource and name".to_owned()
    })
}

/// Addresses from outside can be reached, and ports of nodes come once.
pub(in crate::api) fn ports_of_nodes_differ(fields: &Fields) -> Verdict {
    let mut taken = BTreeSet::new();
    for port in objects(fields, "ports") {
        let number = small(port, "nodePort").unwrap_or(0);
        let protocol = said_or(port, "protocol", "TCP");
        if number != 0 && !taken.insert((protocol, number)) {
            return wrong(
                "ports",
                format!("the port {number} of nodes is taken twice"),
            );
        }
    }
    let other = super::fields::texts(fields, "externalIPs")
        .find(|address| !super::discovery::is_reachable(address));
    if let Some(address) = other {
        return wrong(
            "externalIPs",
            format!("{address:?} is no address that can be reached"),
        );
    }
    let health = small(fields, "healthCheckNodePort").unwrap_or(1);
    ensure(
        (0..=65_535).contains(&health),
        "healthCheckNodePort",
        || "must be 1 to 65535".to_owned(),
    )
}

/// Annotations of a Service that are read.
pub(in crate::api) fn service_annotations_fit(fields: &Fields) -> Verdict {
    let annotations = inside(inside(fields, "metadata"), "annotations");
    let old = said(annotations, "service.kubernetes.io/topology-aware-hints");
    let new = said(annotations, "service.kubernetes.io/topology-mode");
    ensure(
        old.is_empty() || new.is_empty() || old == new,
        "metadata",
        || "topology-mode and topology-aware-hints differ".to_owned(),
    )?;
    let spec = inside(fields, "spec");
    let key = "service.beta.kubernetes.io/load-balancer-source-ranges";
    if has(annotations, key) && items(spec, "loadBalancerSourceRanges").is_empty() {
        let ranges = said(annotations, key).trim();
        let fits = said(spec, "type") == "LoadBalancer"
            && (ranges.is_empty()
                || ranges
                    .split(',')
                    .all(|range| crate::format::is_cidr(range.trim())));
        ensure(fits, "metadata", || {
            format!("the annotation {key} names networks, at a LoadBalancer")
        })?;
    }
    Ok(())
}
