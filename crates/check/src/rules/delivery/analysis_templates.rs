//! DELV009: an `AnalysisTemplate` is one that can be measured.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, text};
use crate::document::Document;
use crate::format::duration;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::rollouts;

/// An `AnalysisTemplate` is one that can be measured.
pub(crate) static RULE: Rule = Rule {
    code: "DELV009",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "an AnalysisTemplate is one that can be measured",
    why: "The analysis ends as Error before the first measurement, and the Rollout is aborted.",
    fix: "Do what the message says.",
    absorbs: &["argo-rollouts InvalidAnalysisTemplate"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for kind in ["AnalysisTemplate", "ClusterAnalysisTemplate"] {
        for template in cluster.of_kind(rollouts::GROUP, kind) {
            let mut names = BTreeSet::new();
            let has_more = list(&template.value, "/spec/templates").next().is_some();
            if list(&template.value, "/spec/metrics").next().is_none() && !has_more {
                findings.add(template, "spec.metrics", "there is nothing to measure");
            }
            for (index, metric) in list(&template.value, "/spec/metrics") {
                let path = format!("spec.metrics[{index}]");
                if let Some(name) = text(metric, "/name").filter(|name| !names.insert(*name)) {
                    findings.add(
                        template,
                        format!("{path}.name"),
                        format!("metric {name} comes twice"),
                    );
                }
                limits(findings, template, metric, &path);
                provider(findings, template, metric, &path);
            }
            arguments(findings, template);
        }
    }
}

/// A number, which may be written as text; `None` where it is an argument.
fn number(metric: &Json, field: &str) -> Option<i64> {
    match metric.get(field) {
        None => Some(0),
        Some(Json::String(text)) => text.parse().ok(),
        Some(value) => value.as_i64(),
    }
}

fn limits(findings: &mut Findings<'_>, template: &Document, metric: &Json, path: &str) {
    for field in ["interval", "initialDelay"] {
        let Some(written) = text(metric, &format!("/{field}")) else {
            continue;
        };
        if !written.contains("{{") && duration::parse(written).is_none() {
            findings.add(
                template,
                format!("{path}.{field}"),
                format!("{written} is no duration"),
            );
        }
    }
    let fields = [
        "count",
        "failureLimit",
        "inconclusiveLimit",
        "consecutiveSuccessLimit",
    ];
    let [
        Some(count),
        Some(failures),
        Some(inconclusive),
        Some(successes),
    ] = fields.map(|field| number(metric, field))
    else {
        return;
    };
    if count > 1 && metric.get("interval").is_none() {
        let message = format!("{count} measurements need an interval");
        findings.add(template, format!("{path}.interval"), message);
    }
    if failures == -1 && successes == 0 {
        let message = "nothing can end the measurements: neither failures nor successes count";
        findings.add(template, format!("{path}.failureLimit"), message);
    }
    let allowed = failures
        .max(0)
        .saturating_add(successes.max(0))
        .max(inconclusive);
    if count > 0 && count < allowed {
        let message = format!("{count} measurements can never reach the limit of {allowed}");
        findings.add(template, format!("{path}.count"), message);
    }
}

fn provider(findings: &mut Findings<'_>, template: &Document, metric: &Json, path: &str) {
    let provider = metric.get("provider").and_then(Json::as_object);
    let said: usize = provider
        .into_iter()
        .flatten()
        .fold(0, |said, (name, value)| match name.as_str() {
            "plugin" => said + value.as_object().map_or(0, serde_json::Map::len),
            _ => said + 1,
        });
    if said != 1 {
        let message = format!("a metric has one provider, not {said}");
        findings.add(template, format!("{path}.provider"), message);
    }
    let prometheus = metric.lookup("/provider/prometheus");
    let is_judged = ["successCondition", "failureCondition"]
        .iter()
        .any(|field| metric.get(field).is_some());
    if let Some(query) = prometheus {
        if text(query, "/query").is_none_or(str::is_empty) {
            findings.add(
                template,
                format!("{path}.provider.prometheus.query"),
                "there is no query",
            );
        }
        if !is_judged {
            let message = "without successCondition or failureCondition every value is a success";
            findings.add(template, path, message);
        }
    }
}

/// Every `{{args.name}}` is one of the arguments, and no argument comes twice.
fn arguments(findings: &mut Findings<'_>, template: &Document) {
    let mut known = BTreeSet::new();
    for (index, argument) in list(&template.value, "/spec/args") {
        let name = text(argument, "/name").unwrap_or_default();
        if !known.insert(name) {
            findings.add(
                template,
                format!("spec.args[{index}].name"),
                format!("argument {name} comes twice"),
            );
        }
    }
    for (index, metric) in list(&template.value, "/spec/metrics") {
        let mut used = BTreeSet::new();
        collect(metric, &mut used);
        for name in used.into_iter().filter(|name| !known.contains(name)) {
            let message = format!("{{{{args.{name}}}}} is not among the arguments");
            findings.add(template, format!("spec.metrics[{index}]"), message);
        }
    }
}

/// The arguments that texts refer to.
fn collect<'j>(value: &'j Json, used: &mut BTreeSet<&'j str>) {
    match value {
        Json::String(written) => {
            for part in written.split("{{").skip(1) {
                let inner = part.split("}}").next().unwrap_or_default().trim();
                used.extend(inner.strip_prefix("args.").map(str::trim));
            }
        }
        Json::Array(items) => items.iter().for_each(|item| collect(item, used)),
        Json::Object(fields) => fields.values().for_each(|field| collect(field, used)),
        _ => {}
    }
}
