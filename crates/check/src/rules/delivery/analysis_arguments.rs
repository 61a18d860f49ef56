//! DELV010: an analysis has its arguments, and comes to an end.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, text};
use crate::document::Document;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::rollouts::{self, Analysis, Template};

/// An analysis has its arguments, and comes to an end.
pub(crate) static RULE: Rule = Rule {
    code: "DELV010",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "an analysis has its arguments, and comes to an end",
    why: "Without an argument the analysis is an error, and the Rollout is aborted; one that measures without end in a step holds the Rollout there for ever.",
    fix: "Pass every argument that has no value in the template; set count where a step waits for the analysis.",
    absorbs: &["argo-rollouts InvalidAnalysisTemplate"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for rollout in rollouts::all(cluster) {
        for analysis in rollouts::analyses(rollout) {
            for template in analysis.templates(rollout) {
                let known = cluster.document(
                    rollouts::GROUP,
                    template.kind,
                    template.namespace,
                    template.name,
                );
                let Some(known) = known else { continue };
                arguments(findings, rollout, &analysis, &template, known);
                if !analysis.is_background {
                    endless(findings, rollout, &template, known);
                }
            }
        }
    }
}

fn arguments(
    findings: &mut Findings<'_>,
    rollout: &Document,
    analysis: &Analysis<'_>,
    template: &Template<'_>,
    known: &Document,
) {
    let passed: Vec<&str> = [analysis.value, template.value]
        .into_iter()
        .flat_map(|value| list(value, "/args"))
        .filter_map(|(_, argument)| text(argument, "/name"))
        .collect();
    let has_value = |argument: &Json| {
        ["value", "valueFrom"]
            .iter()
            .any(|field| argument.get(field).is_some())
    };
    let missing: Vec<&str> = list(&known.value, "/spec/args")
        .filter(|(_, argument)| !has_value(argument))
        .filter_map(|(_, argument)| text(argument, "/name"))
        .filter(|name| !passed.contains(name))
        .collect();
    if !missing.is_empty() {
        let message = format!(
            "{} {} asks for {}",
            template.kind,
            template.name,
            missing.join(", ")
        );
        findings.add(rollout, template.path.clone(), message);
    }
}

/// A metric that is measured again and again, with nothing that ends it.
fn endless(
    findings: &mut Findings<'_>,
    rollout: &Document,
    template: &Template<'_>,
    known: &Document,
) {
    for (_, metric) in list(&known.value, "/spec/metrics") {
        let is_set = |field: &str| match metric.get(field) {
            None => false,
            Some(Json::String(text)) => text != "0",
            Some(value) => value.as_i64() != Some(0),
        };
        if metric.get("interval").is_some()
            && !is_set("count")
            && !is_set("consecutiveSuccessLimit")
        {
            let name = text(metric, "/name").unwrap_or_default();
            let message = format!(
                "metric {name} of {} {} is measured without end",
                template.kind, template.name
            );
            findings.add(rollout, template.path.clone(), message);
        }
    }
}
