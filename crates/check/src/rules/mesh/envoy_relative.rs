//! MESH025: an `EnvoyFilter` that builds on others says its priority.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, text};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::{envoy_operations, hosts};

/// An `EnvoyFilter` that builds on others says its priority.
pub(crate) static RULE: Rule = Rule {
    code: "MESH025",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "an EnvoyFilter that builds on others says its priority",
    why: "A patch before, after or in place of something has no effect where that is not there yet; without a priority the age of the objects decides.",
    fix: "Set spec.priority, or use INSERT_FIRST, ADD or MERGE.",
    absorbs: &["istioctl IST0151", "istioctl IST0155"],
    check: Some(check),
};

/// Operations that are about what another patch made.
const RELATIVE: [&str; 4] = ["INSERT_BEFORE", "INSERT_AFTER", "REPLACE", "REMOVE"];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for filter in cluster.of_kind(hosts::GROUP, "EnvoyFilter") {
        let priority = filter.value.lookup("/spec/priority").and_then(Json::as_i64);
        if priority.is_some_and(|priority| priority != 0) {
            continue;
        }
        for (index, patch) in list(&filter.value, "/spec/configPatches") {
            let operation = text(patch, "/patch/operation").unwrap_or_default();
            let applies_to = text(patch, "/applyTo").unwrap_or_default();
            let is_wrong = envoy_operations::fault(operation, applies_to).is_some();
            if RELATIVE.contains(&operation) && !is_wrong {
                let versioned = text(patch, "/match/proxy/proxyVersion").is_some();
                let more = if versioned {
                    " and is made for one version of the proxy"
                } else {
                    ""
                };
                let message = format!(
                    "{operation} of {applies_to} depends on the order of the filters{more}"
                );
                findings.add(
                    filter,
                    format!("spec.configPatches[{index}].patch.operation"),
                    message,
                );
            }
        }
    }
}
