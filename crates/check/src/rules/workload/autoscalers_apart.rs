//! WORK005: a horizontal and a vertical autoscaler do not act on the same resource.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, namespace_of, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::workload::autoscaling::{self, Target};

/// A horizontal and a vertical autoscaler do not act on the same resource.
pub(crate) static RULE: Rule = Rule {
    code: "WORK005",
    area: Area::Workload,
    severity: Severity::Error,
    title: "a horizontal and a vertical autoscaler do not act on the same resource",
    why: "The vertical one changes the requests that the horizontal one divides by: each answers the other's move, and replicas and requests swing.",
    fix: "Set the VerticalPodAutoscaler to `Off` or `Initial`, or limit its controlledResources to what the other does not watch.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for vertical in cluster.of_kind("autoscaling.k8s.io", "VerticalPodAutoscaler") {
        let Some(target) =
            Target::of(vertical, autoscaling::VERTICAL).filter(|_| acts(&vertical.value))
        else {
            continue;
        };
        let namespace = namespace_of(vertical);
        let controlled = controlled(&vertical.value);
        for horizontal in cluster.of_kind("autoscaling", "HorizontalPodAutoscaler") {
            let same = Target::of(horizontal, autoscaling::HORIZONTAL).as_ref() == Some(&target);
            if !same || namespace_of(horizontal) != namespace {
                continue;
            }
            let watched = watched(&horizontal.value);
            let both: Vec<&str> = controlled.intersection(&watched).copied().collect();
            if !both.is_empty() {
                let message = format!(
                    "it sets the {} of {} {}, which HorizontalPodAutoscaler {} scales by",
                    both.join(" and "),
                    target.kind,
                    target.name,
                    horizontal.id.name
                );
                findings.add(vertical, "spec.updatePolicy.updateMode", message);
            }
        }
    }
}

/// Whether a vertical autoscaler changes pods that run; without a mode it does.
fn acts(vertical: &Json) -> bool {
    !matches!(
        text(vertical, "/spec/updatePolicy/updateMode"),
        Some("Off" | "Initial")
    )
}

/// The resources that a vertical autoscaler sets in any container.
fn controlled(vertical: &Json) -> BTreeSet<&str> {
    let mut resources = BTreeSet::new();
    let mut all_named = false;
    for (_, policy) in list(vertical, "/spec/resourcePolicy/containerPolicies") {
        all_named |= text(policy, "/containerName") == Some("*");
        if text(policy, "/mode") == Some("Off") {
            continue;
        }
        match policy.get("controlledResources").and_then(Json::as_array) {
            Some(listed) => resources.extend(listed.iter().filter_map(Json::as_str)),
            None => resources.extend(["cpu", "memory"]),
        }
    }
    // Containers without a policy of their own are controlled in full, unless none is left.
    let has_policies = list(vertical, "/spec/resourcePolicy/containerPolicies")
        .next()
        .is_some();
    if !all_named && !has_policies {
        resources.extend(["cpu", "memory"]);
    }
    resources
}

/// The resources whose use a horizontal autoscaler scales by.
fn watched(horizontal: &Json) -> BTreeSet<&str> {
    let metrics = list(horizontal, "/spec/metrics");
    metrics
        .filter_map(|(_, metric)| {
            text(metric, "/resource/name").or_else(|| text(metric, "/containerResource/name"))
        })
        .collect()
}
