//! DELV004: the `AnalysisTemplates` of a Rollout exist.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, namespace_of, text};
use crate::document::Document;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::rollouts;

/// The `AnalysisTemplates` of a Rollout exist.
pub(crate) static RULE: Rule = Rule {
    code: "DELV004",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "the AnalysisTemplates of a Rollout exist",
    why: "Argo Rollouts marks a Rollout without its templates as invalid and does not start it.",
    fix: "Add the AnalysisTemplate to the namespace, or set clusterScope for a ClusterAnalysisTemplate.",
    absorbs: &["argo-rollouts AnalysisTemplateNotFound"],
    check: Some(check),
};

/// Where analyses stand beside the steps.
const ANALYSES: [&str; 3] = [
    "canary.analysis",
    "blueGreen.prePromotionAnalysis",
    "blueGreen.postPromotionAnalysis",
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for rollout in rollouts::all(cluster) {
        for field in ANALYSES {
            let pointer = format!("/spec/strategy/{}", field.replace('.', "/"));
            templates(
                cluster,
                findings,
                rollout,
                rollout.value.pointer(&pointer),
                "templates",
                &format!("spec.strategy.{field}"),
            );
        }
        for (index, step) in list(&rollout.value, "/spec/strategy/canary/steps") {
            let path = format!("spec.strategy.canary.steps[{index}]");
            templates(
                cluster,
                findings,
                rollout,
                step.get("analysis"),
                "templates",
                &format!("{path}.analysis"),
            );
            templates(
                cluster,
                findings,
                rollout,
                step.get("experiment"),
                "analyses",
                &format!("{path}.experiment"),
            );
        }
    }
}

fn templates(
    cluster: &Cluster<'_>,
    findings: &mut Findings<'_>,
    rollout: &Document,
    analysis: Option<&Json>,
    field: &str,
    path: &str,
) {
    let listed = analysis
        .and_then(|analysis| analysis.get(field))
        .and_then(Json::as_array);
    for (index, template) in listed.into_iter().flatten().enumerate() {
        let Some(name) = text(template, "/templateName") else {
            continue;
        };
        let is_cluster_wide = template
            .get("clusterScope")
            .and_then(Json::as_bool)
            .unwrap_or(false);
        let (kind, namespace) = if is_cluster_wide {
            ("ClusterAnalysisTemplate", "")
        } else {
            ("AnalysisTemplate", namespace_of(rollout))
        };
        if !cluster.exists("argoproj.io", kind, namespace, name) {
            let help = cluster.nearest("argoproj.io", kind, namespace, name);
            findings.add_with_help(
                rollout,
                format!("{path}.{field}[{index}].templateName"),
                format!("there is no {kind} {name}"),
                help,
            );
        }
    }
}
