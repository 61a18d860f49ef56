//! MESH041: no field of an object of the mesh is deprecated.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts;

/// No field of an object of the mesh is deprecated.
pub(crate) static RULE: Rule = Rule {
    code: "MESH041",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "no field of an object of the mesh is deprecated",
    why: "Istio reads it for a while longer, or ignores it already.",
    fix: "Use the field that the message names.",
    absorbs: &["istioctl IST0002", "istioctl IST0133"],
    check: Some(check),
};

/// Fields of an HTTP route: pointer, path, what to use.
const OF_ROUTES: [(&str, &str, &str); 3] = [
    (
        "/fault/delay/percent",
        "fault.delay.percent",
        "fault.delay.percentage.value",
    ),
    ("/mirrorPercent", "mirrorPercent", "mirrorPercentage.value"),
    (
        "/mirror_percent",
        "mirror_percent",
        "mirrorPercentage.value",
    ),
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for service in hosts::virtual_services(cluster) {
        for (index, route) in list(&service.value, "/spec/http") {
            for (pointer, field, instead) in OF_ROUTES {
                if route
                    .lookup(pointer)
                    .is_some_and(|value| value.as_f64() != Some(0.0))
                {
                    let message = format!("{field} is deprecated; use {instead}");
                    findings.add(service, format!("spec.http[{index}].{field}"), message);
                }
            }
        }
    }
    for sidecar in cluster.of_kind(hosts::GROUP, "Sidecar") {
        if sidecar
            .value
            .lookup("/spec/outboundTrafficPolicy/egressProxy")
            .is_some()
        {
            findings.add(
                sidecar,
                "spec.outboundTrafficPolicy.egressProxy",
                "egressProxy is ignored; route to the egress gateway with a VirtualService",
            );
        }
    }
    lightstep(cluster, findings);
}

/// A provider for tracing that Istio is about to drop, where the mesh's configuration is among the objects.
fn lightstep(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let mut dropped: Vec<String> = Vec::new();
    for config in super::mesh_config::all(cluster) {
        let providers = list(&config, "/extensionProviders");
        let of_lightstep = providers.filter(|(_, provider)| provider.get("lightstep").is_some());
        dropped.extend(
            of_lightstep
                .filter_map(|(_, provider)| Some(provider.get("name")?.as_str()?.to_owned())),
        );
    }
    if dropped.is_empty() {
        return;
    }
    for telemetry in cluster.of_kind("telemetry.istio.io", "Telemetry") {
        for (index, tracing) in list(&telemetry.value, "/spec/tracing") {
            for (position, provider) in list(tracing, "/providers") {
                let name = provider
                    .get("name")
                    .and_then(Json::as_str)
                    .unwrap_or_default();
                if dropped.iter().any(|dropped| dropped == name) {
                    findings.add(
                        telemetry,
                        format!("spec.tracing[{index}].providers[{position}].name"),
                        format!("the provider {name} is of the kind lightstep, which is deprecated; use opentelemetry"),
                    );
                }
            }
        }
    }
}
