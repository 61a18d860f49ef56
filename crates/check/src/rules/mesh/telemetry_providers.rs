//! MESH027: access logs go to a provider.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::mesh_config;

/// Access logs go to a provider.
pub(crate) static RULE: Rule = Rule {
    code: "MESH027",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "access logs go to a provider",
    why: "Without a provider, and without a default one in the configuration of the mesh, nothing is logged.",
    fix: "Name a provider (`envoy` writes to the output of the proxy), or set defaultProviders.accessLogging of the mesh.",
    absorbs: &["istioctl IST0157"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    if has_default(cluster) {
        return;
    }
    for telemetry in cluster.of_kind("telemetry.istio.io", "Telemetry") {
        for (index, logging) in list(&telemetry.value, "/spec/accessLogging") {
            let is_off = logging.get("disabled").and_then(Json::as_bool) == Some(true);
            if !is_off && list(logging, "/providers").next().is_none() {
                findings.add(
                    telemetry,
                    format!("spec.accessLogging[{index}].providers"),
                    "no provider is named, and the mesh has no default one",
                );
            }
        }
    }
}

/// Whether the configuration of the mesh names a default provider.
fn has_default(cluster: &Cluster<'_>) -> bool {
    let names = |config: &Json| {
        list(config, "/defaultProviders/accessLogging")
            .next()
            .is_some()
    };
    mesh_config::all(cluster).iter().any(names)
}
