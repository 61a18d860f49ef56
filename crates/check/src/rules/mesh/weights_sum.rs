//! MESH047: the weights of a route add up to 100.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts;

/// The weights of a route add up to 100.
pub(crate) static RULE: Rule = Rule {
    code: "MESH047",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "the weights of a route add up to 100",
    why: "Istio divides by their sum: what reads like percentages is something else.",
    fix: "Write percentages, which add up to 100.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for service in hosts::virtual_services(cluster) {
        for (protocol, pointer) in [
            ("http", "/spec/http"),
            ("tcp", "/spec/tcp"),
            ("tls", "/spec/tls"),
        ] {
            for (index, route) in list(&service.value, pointer) {
                let weights: Vec<i64> = list(route, "/route")
                    .map(|(_, target)| {
                        target
                            .get("weight")
                            .and_then(Json::as_i64)
                            .unwrap_or_default()
                    })
                    .collect();
                let sum = weights
                    .iter()
                    .fold(0_i64, |sum, weight| sum.saturating_add(*weight));
                // Equal shares say what they mean; a sum of 0 is another rule's.
                let are_alike = weights.windows(2).all(|pair| pair.first() == pair.last());
                if weights.len() > 1 && sum != 100 && sum != 0 && !are_alike {
                    let shown = weights
                        .iter()
                        .map(i64::to_string)
                        .collect::<Vec<_>>()
                        .join(" + ");
                    let message = format!("{shown} is {sum}");
                    findings.add(service, format!("spec.{protocol}[{index}].route"), message);
                }
            }
        }
    }
}
