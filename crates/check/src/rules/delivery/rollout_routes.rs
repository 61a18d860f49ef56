//! DELV003: the mesh objects of a Rollout exist and route to it.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, namespace_of, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::rollouts;
use crate::rules::mesh::hosts;

/// The mesh objects of a Rollout exist and route to it.
pub(crate) static RULE: Rule = Rule {
    code: "DELV003",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "the mesh objects of a Rollout exist and route to it",
    why: "Argo Rollouts cannot shift traffic: the Rollout is marked invalid, or stays at the first weight.",
    fix: "Add the VirtualService with the named route, and the DestinationRule with both subsets.",
    absorbs: &["argo-rollouts VirtualServiceNotFound"],
    check: Some(check),
};

const ISTIO: &str = "spec.strategy.canary.trafficRouting.istio";

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for rollout in rollouts::all(cluster) {
        let Some(istio) = rollout
            .value
            .lookup("/spec/strategy/canary/trafficRouting/istio")
        else {
            continue;
        };
        if let Some(reference) = istio.get("virtualService") {
            virtual_service(
                cluster,
                findings,
                rollout,
                reference,
                &format!("{ISTIO}.virtualService"),
            );
        }
        for (index, reference) in list(istio, "/virtualServices") {
            virtual_service(
                cluster,
                findings,
                rollout,
                reference,
                &format!("{ISTIO}.virtualServices[{index}]"),
            );
        }
        if let Some(reference) = istio.get("destinationRule") {
            destination_rule(cluster, findings, rollout, reference);
        }
    }
}

fn virtual_service(
    cluster: &Cluster<'_>,
    findings: &mut Findings<'_>,
    rollout: &Document,
    reference: &Json,
    path: &str,
) {
    let written = text(reference, "/name").unwrap_or_default();
    // `name.namespace` is another namespace.
    let (name, namespace) = written
        .split_once('.')
        .unwrap_or((written, namespace_of(rollout)));
    let Some(service) = cluster.document(hosts::GROUP, "VirtualService", namespace, name) else {
        if !cluster.exists(hosts::GROUP, "VirtualService", namespace, name) {
            let help = cluster.nearest(hosts::GROUP, "VirtualService", namespace, name);
            findings.add_with_help(
                rollout,
                format!("{path}.name"),
                format!("there is no VirtualService {namespace}/{name}"),
                help,
            );
        }
        return;
    };
    let known: Vec<&str> = list(&service.value, "/spec/http")
        .filter_map(|(_, route)| text(route, "/name"))
        .collect();
    for (index, route) in list(reference, "/routes") {
        let Some(route) = route.as_str().filter(|route| !known.contains(route)) else {
            continue;
        };
        let message = format!(
            "VirtualService {namespace}/{name} has no http route {route}; it has {}",
            known.join(", ")
        );
        findings.add(rollout, format!("{path}.routes[{index}]"), message);
    }
    let is_named = list(reference, "/routes").next().is_some();
    if !is_named && list(&service.value, "/spec/http").count() > 1 {
        let message =
            format!("VirtualService {namespace}/{name} has several http routes, and none is named");
        findings.add(rollout, format!("{path}.routes"), message);
    }
}

fn destination_rule(
    cluster: &Cluster<'_>,
    findings: &mut Findings<'_>,
    rollout: &Document,
    reference: &Json,
) {
    let (namespace, name) = (
        namespace_of(rollout),
        text(reference, "/name").unwrap_or_default(),
    );
    let path = format!("{ISTIO}.destinationRule");
    let Some(rule) = cluster.document(hosts::GROUP, "DestinationRule", namespace, name) else {
        if !cluster.exists(hosts::GROUP, "DestinationRule", namespace, name) {
            let help = cluster.nearest(hosts::GROUP, "DestinationRule", namespace, name);
            findings.add_with_help(
                rollout,
                format!("{path}.name"),
                format!("there is no DestinationRule {namespace}/{name}"),
                help,
            );
        }
        return;
    };
    let known: Vec<&str> = hosts::subsets(rule).map(|(_, name, _)| name).collect();
    for field in ["canarySubsetName", "stableSubsetName"] {
        let Some(subset) = reference
            .get(field)
            .and_then(Json::as_str)
            .filter(|subset| !known.contains(subset))
        else {
            continue;
        };
        let message = format!(
            "DestinationRule {namespace}/{name} has no subset {subset}; it has {}",
            known.join(", ")
        );
        findings.add(rollout, format!("{path}.{field}"), message);
    }
}
