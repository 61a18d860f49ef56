//! METR015: Prometheus' configuration is as Prometheus reads it.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::cluster::Cluster;
use crate::monitoring::Prometheus;
use crate::promql::{judge_regex, parse_duration};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::syntax;

/// Prometheus' configuration is as Prometheus reads it.
pub(super) static RULE: Rule = Rule {
    code: "METR015",
    area: Area::Metrics,
    severity: Severity::Error,
    title: "what Prometheus scrapes is said as Prometheus reads it",
    why: "Prometheus refuses a configuration with two jobs of one name, a timeout above its interval or a relabelling that it cannot read, and does not start.",
    fix: "Correct the field; Prometheus' documentation of the configuration lists the actions of relabelling.",
    absorbs: &["promtool check config"],
    check: Some(check),
};

/// The actions of relabelling (Prometheus' documentation of the configuration).
const ACTIONS: [&str; 11] = [
    "replace",
    "keep",
    "drop",
    "keepequal",
    "dropequal",
    "hashmod",
    "labelmap",
    "labeldrop",
    "labelkeep",
    "lowercase",
    "uppercase",
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for prometheus in &cluster.monitoring.prometheus {
        let value = prometheus.source.value();
        let global = value.get("global").unwrap_or(&Json::Null);
        if seconds(global, "scrape_timeout").is_some_and(|timeout| timeout > prometheus.interval) {
            let message = "the timeout of all jobs is longer than their interval";
            add(prometheus, "global.scrape_timeout", message, None, findings);
        }
        let mut names = BTreeSet::new();
        let jobs = value.get("scrape_configs").and_then(Json::as_array);
        for (job, value) in prometheus.jobs.iter().zip(jobs.into_iter().flatten()) {
            let field = &job.field;
            if job.name.is_empty() {
                add(prometheus, field, "a job has no name", None, findings);
            } else if !names.insert(&job.name) {
                let message = format!("two jobs are called `{}`", job.name);
                add(
                    prometheus,
                    &format!("{field}.job_name"),
                    &message,
                    None,
                    findings,
                );
            }
            for key in ["scrape_interval", "scrape_timeout"] {
                if let Some(said) = value.get(key).and_then(Json::as_str)
                    && parse_duration(said).is_none()
                {
                    let message = format!("`{said}` is no duration");
                    add(
                        prometheus,
                        &format!("{field}.{key}"),
                        &message,
                        None,
                        findings,
                    );
                }
            }
            // A timeout that nobody said is cut down to the interval.
            if seconds(value, "scrape_timeout").is_some_and(|timeout| timeout > job.interval) {
                let message = format!(
                    "the timeout of the job {} is longer than its interval",
                    job.name
                );
                add(prometheus, field, &message, None, findings);
            }
            for list in ["relabel_configs", "metric_relabel_configs"] {
                relabelling(prometheus, value, field, list, findings);
            }
        }
    }
}

fn add(
    prometheus: &Prometheus<'_>,
    field: &str,
    message: &str,
    help: Option<String>,
    findings: &mut Findings<'_>,
) {
    findings.add_at(&prometheus.source.spot(field), message, help);
}

fn seconds(value: &Json, key: &str) -> Option<f64> {
    value
        .get(key)
        .and_then(Json::as_str)
        .and_then(parse_duration)
}

fn relabelling(
    prometheus: &Prometheus<'_>,
    job: &Json,
    field: &str,
    list: &str,
    findings: &mut Findings<'_>,
) {
    let steps = job.get(list).and_then(Json::as_array);
    for (at, step) in steps.into_iter().flatten().enumerate() {
        let place = format!("{field}.{list}[{at}]");
        let said = |key: &str| step.get(key).and_then(Json::as_str);
        let action = said("action").unwrap_or("replace").to_ascii_lowercase();
        if !ACTIONS.contains(&action.as_str()) {
            let near = syntax::nearest(&action, ACTIONS);
            let help = near.map(|near| format!("did you mean `{near}`?"));
            let message = format!("there is no action `{action}`");
            add(
                prometheus,
                &format!("{place}.action"),
                &message,
                help,
                findings,
            );
            continue;
        }
        if let Some(Err(message)) = said("regex").map(judge_regex) {
            let message = format!("this is no regular expression: {message}");
            add(
                prometheus,
                &format!("{place}.regex"),
                &message,
                None,
                findings,
            );
        }
        let needs_target = matches!(
            action.as_str(),
            "replace" | "hashmod" | "lowercase" | "uppercase" | "keepequal" | "dropequal"
        );
        if needs_target && said("target_label").is_none_or(str::is_empty) {
            let message = format!("the action `{action}` needs a `target_label`");
            add(prometheus, &place, &message, None, findings);
        }
        if action == "hashmod"
            && step
                .get("modulus")
                .and_then(Json::as_u64)
                .is_none_or(|modulus| modulus == 0)
        {
            add(
                prometheus,
                &place,
                "the action `hashmod` needs a `modulus`",
                None,
                findings,
            );
        }
    }
}
