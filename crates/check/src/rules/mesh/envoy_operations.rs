//! MESH026: the operations of an `EnvoyFilter` work on what they are applied to.

use crate::cluster::{Cluster, list, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts;

/// The operations of an `EnvoyFilter` work on what they are applied to.
pub(crate) static RULE: Rule = Rule {
    code: "MESH026",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "the operations of an EnvoyFilter work on what they are applied to",
    why: "Istio ignores the patch: ADD and REMOVE do nothing to a route configuration or an HTTP route, REPLACE only replaces filters and virtual hosts.",
    fix: "Use MERGE for routes, INSERT_FIRST or INSERT_BEFORE to add one, REPLACE only for HTTP_FILTER, NETWORK_FILTER and VIRTUAL_HOST.",
    absorbs: &["istioctl IST0152", "istioctl IST0153", "istioctl IST0154"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for filter in cluster.of_kind(hosts::GROUP, "EnvoyFilter") {
        for (index, patch) in list(&filter.value, "/spec/configPatches") {
            let operation = text(patch, "/patch/operation").unwrap_or_default();
            let applies_to = text(patch, "/applyTo").unwrap_or_default();
            if let Some(fault) = fault(operation, applies_to) {
                findings.add(
                    filter,
                    format!("spec.configPatches[{index}].patch.operation"),
                    fault,
                );
            }
        }
    }
}

/// Why an operation has no effect where it is applied.
pub(super) fn fault(operation: &str, applies_to: &str) -> Option<String> {
    let is_route = ["ROUTE_CONFIGURATION", "HTTP_ROUTE"].contains(&applies_to);
    let is_replaceable = ["NETWORK_FILTER", "HTTP_FILTER", "VIRTUAL_HOST"].contains(&applies_to);
    let is_ignored = match operation {
        "ADD" | "REMOVE" => is_route,
        "REPLACE" => !is_replaceable,
        _ => false,
    };
    is_ignored.then(|| format!("{operation} has no effect on {applies_to}"))
}
