//! Where requests come in: services that change their kind or lose their pods, routes and names that go.

use check::Document;
use serde_json::Value as Json;

use super::{Around, Change};
use crate::model::{Effect, Fate, FieldReview, ObjectReview, title};
use crate::tree::Side;

/// Group, kind, and the lists in which each item lets requests in.
const LISTS: [(&str, &str, &[&str]); 9] = [
    (
        "networking.k8s.io",
        "Ingress",
        &["spec.rules", "spec.rules.http.paths"],
    ),
    (GATEWAY_API, "Gateway", &["spec.listeners"]),
    (GATEWAY_API, "GRPCRoute", ROUTE),
    (GATEWAY_API, "HTTPRoute", ROUTE),
    (GATEWAY_API, "TCPRoute", ROUTE),
    (GATEWAY_API, "TLSRoute", ROUTE),
    (GATEWAY_API, "UDPRoute", ROUTE),
    (
        "networking.istio.io",
        "Gateway",
        &["spec.servers", "spec.servers.hosts"],
    ),
    (
        "networking.istio.io",
        "VirtualService",
        &[
            "spec.gateways",
            "spec.hosts",
            "spec.http",
            "spec.tcp",
            "spec.tls",
        ],
    ),
];
const GATEWAY_API: &str = "gateway.networking.k8s.io";
const ROUTE: &[&str] = &[
    "spec.hostnames",
    "spec.parentRefs",
    "spec.rules",
    "spec.rules.matches",
];

/// Raises the effect of a field through which requests come in.
pub(super) fn raise(change: &Change<'_>, field: &mut FieldReview) {
    if field.refused {
        return;
    }
    let path = field.difference.path.fields();
    let id = &change.new.id;
    if (id.group(), id.kind.as_ref(), path.as_str()) == ("", "Service", "spec.type") {
        kind_of_service(field);
        return;
    }
    if id.kind == "Service" && path == "spec.loadBalancerSourceRanges" {
        sources(field);
        return;
    }
    let lists = LISTS
        .iter()
        .find(|(group, kind, _)| (*group, *kind) == (id.group(), id.kind.as_ref()));
    let Some((_, _, lists)) = lists else { return };
    if lists.contains(&path.as_str()) && takes_away(field) {
        field.effect = Effect::Interrupted;
        "what came in by it is not answered any more".clone_into(&mut field.reason);
    }
}

/// Whether an item is not there any more: by itself, or out of a list that is told as a whole.
fn takes_away(field: &FieldReview) -> bool {
    match (&field.difference.old, &field.difference.new) {
        (Some(Json::Array(old)), Some(Json::Array(new))) => {
            old.iter().any(|item| !new.contains(item))
        }
        // An item that is a name by itself may have become another one.
        (Some(Json::String(_)), Some(Json::String(_))) | (Some(_), None) => true,
        _ => false,
    }
}

/// Who may come in through a load balancer; nobody named is everybody.
fn sources(field: &mut FieldReview) {
    let narrows = match (&field.difference.old, &field.difference.new) {
        (_, None) => false,
        (None, Some(Json::Array(_))) => true,
        _ => takes_away(field),
    };
    if narrows {
        field.effect = Effect::Interrupted;
        "who comes from other addresses is not let in any more".clone_into(&mut field.reason);
    } else {
        "it is reached from more addresses".clone_into(&mut field.reason);
    }
}

fn kind_of_service(field: &mut FieldReview) {
    let kind = |value: &Option<Json>| {
        let text = value.as_ref().and_then(Json::as_str);
        text.unwrap_or("ClusterIP").to_owned()
    };
    let (old, new) = (kind(&field.difference.old), kind(&field.difference.new));
    let is_outside = |kind: &str| matches!(kind, "LoadBalancer" | "NodePort");
    match (old.as_str(), new.as_str()) {
        (_, "ExternalName") => {
            field.effect = Effect::Interrupted;
            "its address goes: callers are sent to another name".clone_into(&mut field.reason);
        }
        ("LoadBalancer", _) => {
            field.effect = Effect::Interrupted;
            "its load balancer goes: nobody reaches it by that address any more"
                .clone_into(&mut field.reason);
        }
        (old, new) if is_outside(old) && !is_outside(new) => {
            field.effect = Effect::Interrupted;
            "its port on every node closes".clone_into(&mut field.reason);
        }
        (_, "LoadBalancer") => {
            "it gets a load balancer: it is reached from outside of the cluster from then on"
                .clone_into(&mut field.reason);
        }
        (_, "NodePort") => {
            "it gets a port on every node: who reaches a node reaches it from then on"
                .clone_into(&mut field.reason);
        }
        _ => {}
    }
}

/// The fields that decide which pods a service finds.
const CHOOSES: [&str; 2] = ["spec.selector", "spec.template.metadata.labels"];

/// Says which services find no pod any more, where one of them or a workload changes.
pub(super) fn judge(around: &Around<'_>, review: &mut ObjectReview) {
    let chooses = |field: &FieldReview| {
        let path = &field.difference.path;
        CHOOSES.iter().any(|known| path.is_below(known))
    };
    if review.fate != Fate::Changed || review.refused || !review.fields.iter().any(chooses) {
        return;
    }
    let namespace = review.id.namespace.as_deref();
    let services = around.trees.of_kinds(Side::Head, &["Service"]);
    let empty: Vec<String> = services
        .filter(|service| {
            let is_meant = review.id.kind != "Service" || service.id.is_same_object(&review.id);
            service.id.namespace.as_deref() == namespace
                && is_meant
                && finds(around, Side::Head, service) == Some(false)
        })
        .filter(|service| {
            let mut before = around.trees.of_kinds(Side::Base, &["Service"]);
            let before = before.find(|before| before.id.is_same_object(&service.id));
            before.is_some_and(|before| finds(around, Side::Base, before) == Some(true))
        })
        .map(|service| title(&service.id))
        .collect();
    if !empty.is_empty() {
        let reason = format!(
            "{} finds no pod any more: whoever calls it fails",
            empty.join(", ")
        );
        if review.effect <= Effect::Interrupted {
            review.effect = Effect::Interrupted;
            review.reason = reason;
        } else {
            review.notes.push(reason);
        }
    }
}

/// Whether any workload of the tree makes pods that a service chooses; `None` where it does not choose by labels.
fn finds(around: &Around<'_>, side: Side, service: &Document) -> Option<bool> {
    let wanted = service.value.pointer("/spec/selector")?.as_object()?;
    let mut workloads = around
        .trees
        .chosen(side, |kind| super::references::WORKLOADS.contains(&kind))
        .filter(|workload| workload.id.namespace == service.id.namespace);
    Some(workloads.any(|workload| {
        let labels = workload
            .value
            .pointer("/spec/template/metadata/labels")
            .or_else(|| workload.value.pointer("/metadata/labels"));
        wanted
            .iter()
            .all(|(key, value)| labels.and_then(|labels| labels.get(key)) == Some(value))
    }))
}
