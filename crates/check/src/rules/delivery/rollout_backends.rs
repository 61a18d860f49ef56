//! DELV012: what a Rollout shifts traffic with leads to its Services, and they are its own.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, namespace_of, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::rollouts;
use crate::rules::mesh::hosts;

/// What a Rollout shifts traffic with leads to its Services, and they are its own.
pub(crate) static RULE: Rule = Rule {
    code: "DELV012",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "what a Rollout shifts traffic with leads to its Services, and they are its own",
    why: "Argo Rollouts marks the Rollout as InvalidSpec, or two Rollouts take the Service from each other.",
    fix: "Let the Ingress and the routes lead to stableService and canaryService, and give each Rollout Services of its own.",
    absorbs: &[
        "argo-rollouts InvalidIngress",
        "argo-rollouts InvalidVirtualService",
    ],
    check: Some(check),
};

const SERVICES: [&str; 6] = [
    "canary.canaryService",
    "canary.stableService",
    "canary.pingPong.pingService",
    "canary.pingPong.pongService",
    "blueGreen.activeService",
    "blueGreen.previewService",
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let mut owners: BTreeMap<(&str, &str), &Document> = BTreeMap::new();
    for rollout in rollouts::all(cluster) {
        for field in SERVICES {
            let pointer = format!("/spec/strategy/{}", field.replace('.', "/"));
            let Some(name) = text(&rollout.value, &pointer) else {
                continue;
            };
            let owner = owners
                .entry((namespace_of(rollout), name))
                .or_insert(rollout);
            if !std::ptr::eq(*owner, rollout) {
                let message = format!("Service {name} belongs to Rollout {} too", owner.id.name);
                findings.add(rollout, format!("spec.strategy.{field}"), message);
            }
        }
        if let Some(canary) = rollout.value.lookup("/spec/strategy/canary") {
            ingresses(cluster, findings, rollout, canary);
            routes(cluster, findings, rollout, canary);
        }
    }
}

/// Router, and where it names one Ingress and several.
const INGRESSES: [(&str, &str, &str); 2] = [
    ("nginx", "stableIngress", "stableIngresses"),
    ("alb", "ingress", "ingresses"),
];

fn ingresses(
    cluster: &Cluster<'_>,
    findings: &mut Findings<'_>,
    rollout: &Document,
    canary: &Json,
) {
    for (router, one, several) in INGRESSES {
        let Some(settings) = canary.lookup(&format!("/trafficRouting/{router}")) else {
            continue;
        };
        let root = text(settings, "/rootService").or_else(|| text(canary, "/stableService"));
        let single = text(settings, &format!("/{one}"))
            .into_iter()
            .map(|name| (one.to_owned(), name));
        let listed = list(settings, &format!("/{several}"))
            .filter_map(|(index, name)| Some((format!("{several}[{index}]"), name.as_str()?)));
        for (place, name) in single.chain(listed) {
            let path = format!("spec.strategy.canary.trafficRouting.{router}.{place}");
            let namespace = namespace_of(rollout);
            let found = cluster.document("networking.k8s.io", "Ingress", namespace, name);
            let is_external = || cluster.exists("networking.k8s.io", "Ingress", namespace, name);
            match (found, root) {
                (Some(ingress), Some(root)) if !leads_to(ingress, root) => {
                    findings.add(
                        rollout,
                        path,
                        format!("Ingress {name} does not lead to Service {root}"),
                    );
                }
                (None, _) if !is_external() => {
                    let help = cluster.nearest("networking.k8s.io", "Ingress", namespace, name);
                    findings.add_with_help(
                        rollout,
                        path,
                        format!("there is no Ingress {namespace}/{name}"),
                        help,
                    );
                }
                _ => {}
            }
        }
    }
}

fn leads_to(ingress: &Document, service: &str) -> bool {
    let is_service = |backend: &Json| text(backend, "/service/name") == Some(service);
    let paths = list(&ingress.value, "/spec/rules").flat_map(|(_, rule)| list(rule, "/http/paths"));
    let mut backends = paths.filter_map(|(_, path)| path.get("backend"));
    backends.any(is_service)
        || ingress
            .value
            .lookup("/spec/defaultBackend")
            .is_some_and(is_service)
}

/// The routes that a Rollout sets weights in have both of its sides.
fn routes(cluster: &Cluster<'_>, findings: &mut Findings<'_>, rollout: &Document, canary: &Json) {
    let Some(istio) = canary.lookup("/trafficRouting/istio") else {
        return;
    };
    let single = istio
        .get("virtualService")
        .into_iter()
        .map(|reference| ("virtualService".to_owned(), reference));
    let listed = list(istio, "/virtualServices")
        .map(|(index, reference)| (format!("virtualServices[{index}]"), reference));
    for (place, reference) in single.chain(listed) {
        let written = text(reference, "/name").unwrap_or_default();
        let (name, namespace) = written
            .split_once('.')
            .unwrap_or((written, namespace_of(rollout)));
        let Some(service) = cluster.document(hosts::GROUP, "VirtualService", namespace, name)
        else {
            continue;
        };
        let wanted: Vec<&str> = list(reference, "/routes")
            .filter_map(|(_, name)| name.as_str())
            .collect();
        for (index, route) in list(&service.value, "/spec/http") {
            let name = text(route, "/name").unwrap_or_default();
            let has_targets = list(route, "/route").next().is_some();
            if has_targets && (wanted.is_empty() || wanted.contains(&name)) {
                for side in missing_sides(canary, istio, route) {
                    let message = format!(
                        "route {index} of VirtualService {namespace}/{} does not send to {side}",
                        service.id.name
                    );
                    let path = format!("spec.strategy.canary.trafficRouting.istio.{place}");
                    findings.add(rollout, path, message);
                }
            }
        }
    }
}

/// The Services and subsets of a Rollout that a route does not send to.
fn missing_sides(canary: &Json, istio: &Json, route: &Json) -> Vec<String> {
    let targets: Vec<(&str, &str)> = list(route, "/route")
        .map(|(_, target)| {
            let part = |field| text(target, field).unwrap_or_default();
            (part("/destination/host"), part("/destination/subset"))
        })
        .collect();
    let subset = |field: &str| text(istio, &format!("/destinationRule/{field}"));
    if istio.get("destinationRule").is_some() {
        let subsets = [subset("stableSubsetName"), subset("canarySubsetName")];
        let missing = subsets
            .into_iter()
            .flatten()
            .filter(|name| !targets.iter().any(|(_, subset)| subset == name));
        return missing.map(|name| format!("subset {name}")).collect();
    }
    if canary.get("pingPong").is_some() {
        return Vec::new();
    }
    let services = [
        text(canary, "/stableService"),
        text(canary, "/canaryService"),
    ];
    let is_target = |name: &&str| {
        targets
            .iter()
            .any(|(host, _)| host.split('.').next() == Some(name))
    };
    services
        .into_iter()
        .flatten()
        .filter(|name| !is_target(name))
        .map(|name| format!("Service {name}"))
        .collect()
}
