//! DELV026: the weights that a Rollout writes are those of its rest in the files.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, namespace_of, text};
use crate::document::Document;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::rollouts;
use crate::rules::mesh::hosts;

/// The weights that a Rollout writes are those of its rest in the files.
pub(crate) static RULE: Rule = Rule {
    code: "DELV026",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "the weights that a Rollout writes are those of its rest in the files",
    why: "Whoever applies the file moves requests by the weights in it, and the Rollout moves them back: two write one field, and a share of the requests goes where no new version is.",
    fix: "Write 100 for the stable side and 0 for the other; the Rollout writes the weights of its steps.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for rollout in rollouts::all(cluster) {
        let istio = "/spec/strategy/canary/trafficRouting/istio";
        let Some(istio) = rollout.value.pointer(istio) else {
            continue;
        };
        let single = istio.get("virtualService").into_iter();
        let several = list(istio, "/virtualServices").map(|(_, reference)| reference);
        for reference in single.chain(several) {
            let written = text(reference, "/name").unwrap_or_default();
            let (name, namespace) = written
                .split_once('.')
                .unwrap_or((written, namespace_of(rollout)));
            let service = cluster.document(hosts::GROUP, "VirtualService", namespace, name);
            if let Some(service) = service {
                routes(findings, rollout, reference, service);
            }
        }
    }
}

fn routes(findings: &mut Findings<'_>, rollout: &Document, reference: &Json, service: &Document) {
    let named: Vec<&str> = list(reference, "/routes")
        .filter_map(|(_, route)| route.as_str())
        .collect();
    for (at, route) in list(&service.value, "/spec/http") {
        let name = text(route, "/name").unwrap_or_default();
        if !named.is_empty() && !named.contains(&name) {
            continue;
        }
        let weights: Vec<u64> = list(route, "/route")
            .filter_map(|(_, destination)| destination.get("weight")?.as_u64())
            .collect();
        if weights.iter().filter(|weight| **weight > 0).count() > 1 {
            let shown: Vec<String> = weights.iter().map(ToString::to_string).collect();
            let message = format!(
                "the weights {} stand in the file, and Rollout {} writes them",
                shown.join(" and "),
                rollout.id.name
            );
            findings.add(service, format!("spec.http[{at}].route"), message);
        }
    }
}
