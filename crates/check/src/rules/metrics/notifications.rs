//! METR012: Alertmanager's configuration is as Alertmanager reads it.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::cluster::Cluster;
use crate::monitoring::{Alertmanager, Dialect, Template};
use crate::pointer::Lookup;
use crate::promql::parse_duration;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::syntax;

/// Alertmanager's configuration is as Alertmanager reads it.
pub(super) static RULE: Rule = Rule {
    code: "METR012",
    area: Area::Metrics,
    severity: Severity::Error,
    title: "the routes of Alertmanager lead to receivers that there are",
    why: "Alertmanager refuses a configuration whose routes, times or templates name something that is not there, and nobody is told of any alert.",
    fix: "Name a receiver or interval of the same file, or add it.",
    absorbs: &["amtool check-config"],
    check: Some(check),
};

/// What a route has (Alertmanager's documentation of the configuration).
const ROUTE: [&str; 14] = [
    "receiver",
    "group_by",
    "group_by_str",
    "continue",
    "match",
    "match_re",
    "matchers",
    "group_wait",
    "group_interval",
    "repeat_interval",
    "mute_time_intervals",
    "active_time_intervals",
    "routes",
    "group_by_all",
];
/// The durations of a route.
const DURATIONS: [&str; 3] = ["group_wait", "group_interval", "repeat_interval"];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for alertmanager in &cluster.monitoring.alertmanagers {
        receivers(alertmanager, findings);
        routes(alertmanager, findings);
        unreachable(alertmanager, findings);
        templates(alertmanager, findings);
    }
}

fn receivers(alertmanager: &Alertmanager<'_>, findings: &mut Findings<'_>) {
    let mut names = BTreeSet::new();
    for receiver in &alertmanager.receivers {
        let spot = alertmanager.source.spot(&receiver.field);
        if receiver.name.is_empty() {
            findings.add_at(&spot, "a receiver has no name", None);
        } else if !names.insert(receiver.name.as_str()) {
            let message = format!("two receivers are called `{}`", receiver.name);
            findings.add_at(&spot, message, None);
        }
    }
    for (at, route) in alertmanager.routes.iter().enumerate() {
        match &route.receiver {
            Some(receiver) if !names.contains(receiver.as_str()) => {
                let near = syntax::nearest(receiver, names.iter().copied());
                findings.add_at(
                    &alertmanager
                        .source
                        .spot(&format!("{}.receiver", route.field)),
                    format!("there is no receiver `{receiver}`"),
                    near.map(|near| format!("did you mean `{near}`?")),
                );
            }
            None if at == 0 => {
                let spot = alertmanager.source.spot(&route.field);
                findings.add_at(&spot, "the first route has no receiver", None);
            }
            _ => {}
        }
    }
}

fn routes(alertmanager: &Alertmanager<'_>, findings: &mut Findings<'_>) {
    let value = alertmanager.source.value();
    let intervals: BTreeSet<&str> = ["time_intervals", "mute_time_intervals"]
        .iter()
        .filter_map(|key| value.get(key).and_then(Json::as_array))
        .flatten()
        .filter_map(|interval| interval.get("name").and_then(Json::as_str))
        .collect();
    for (at, route) in alertmanager.routes.iter().enumerate() {
        let source = &alertmanager.source;
        for (field, message) in &route.faults {
            findings.add_at(&source.spot(field), message, None);
        }
        if at == 0 && !route.matchers.is_empty() {
            let message = "the first route takes every alert and has no matchers";
            findings.add_at(&source.spot(&route.field), message, None);
        }
        let Some(value) = at_field(value, &route.field) else {
            continue;
        };
        for key in value.as_object().into_iter().flatten().map(|(key, _)| key) {
            if !ROUTE.contains(&key.as_str()) {
                let spot = source.spot(&format!("{}.{key}", route.field));
                let near = syntax::nearest(key, ROUTE);
                let help = near.map(|near| format!("did you mean `{near}`?"));
                findings.add_at(&spot, format!("a route has no field `{key}`"), help);
            }
        }
        for key in DURATIONS {
            let said = match value.get(key) {
                Some(Json::String(text)) => text.clone(),
                Some(number @ Json::Number(_)) => number.to_string(),
                _ => continue,
            };
            if parse_duration(&said).is_none() {
                let spot = source.spot(&format!("{}.{key}", route.field));
                findings.add_at(&spot, format!("`{said}` is no duration"), None);
            }
        }
        for key in ["mute_time_intervals", "active_time_intervals"] {
            let named = value
                .get(key)
                .and_then(Json::as_array)
                .into_iter()
                .flatten();
            for name in named.filter_map(Json::as_str) {
                if !intervals.contains(name) {
                    let spot = source.spot(&format!("{}.{key}", route.field));
                    let near = syntax::nearest(name, intervals.iter().copied());
                    let help = near.map(|near| format!("did you mean `{near}`?"));
                    findings.add_at(&spot, format!("there is no time interval `{name}`"), help);
                }
            }
        }
    }
}

/// The value of `route.routes[0].routes[1]`.
fn at_field<'j>(value: &'j Json, field: &str) -> Option<&'j Json> {
    let pointer = field.replace(['.', '['], "/").replace(']', "");
    value.lookup(&format!("/{pointer}"))
}

/// A route behind one that takes every alert and hands none on is never reached.
fn unreachable(alertmanager: &Alertmanager<'_>, findings: &mut Findings<'_>) {
    for route in &alertmanager.routes {
        let mut before: Vec<usize> = Vec::new();
        for below in &route.below {
            let this = &alertmanager.routes[*below];
            let taker = before
                .iter()
                .map(|at| &alertmanager.routes[*at])
                .find(|taker| {
                    !taker.continues
                        && taker.faults.is_empty()
                        && taker
                            .matchers
                            .iter()
                            .all(|matcher| this.matchers.contains(matcher))
                });
            if let Some(taker) = taker {
                let spot = alertmanager.source.spot(&this.field);
                let message = format!("no alert gets here: {} takes them all before", taker.field);
                findings.add_at(
                    &spot,
                    message,
                    Some("`continue: true` there hands them on".to_owned()),
                );
            }
            before.push(*below);
        }
    }
}

/// The texts of notifications are templates.
fn templates(alertmanager: &Alertmanager<'_>, findings: &mut Findings<'_>) {
    let receivers = alertmanager.source.value().get("receivers");
    if let Some(receivers) = receivers {
        walk(alertmanager, receivers, "receivers", findings);
    }
}

fn walk(alertmanager: &Alertmanager<'_>, value: &Json, field: &str, findings: &mut Findings<'_>) {
    match value {
        Json::String(text) if text.contains("{{") => {
            if let Err(message) = Template::parse(text, Dialect::Alertmanager) {
                let spot = alertmanager.source.spot(field);
                findings.add_at(&spot, format!("the template: {message}"), None);
            }
        }
        Json::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                walk(alertmanager, item, &format!("{field}[{at}]"), findings);
            }
        }
        Json::Object(fields) => {
            for (key, value) in fields {
                walk(alertmanager, value, &format!("{field}.{key}"), findings);
            }
        }
        _ => {}
    }
}
