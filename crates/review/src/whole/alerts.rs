//! Which alerts appear, vanish, or change when they speak up.

use std::collections::BTreeMap;

use check::Document;
use serde_json::Value as Json;

use super::{Both, items, tell, text};
use crate::model::{Direction, Topic, WholeChange};
use crate::text::short;

/// Group, name and severity of an alert, and which of several such it is.
type Name = (String, String, String, usize);

/// What decides when an alert speaks up.
#[derive(PartialEq, Eq)]
struct Alert {
    expression: String,
    lasts: String,
}

/// Says which alerts differ.
pub(super) fn compare(both: &Both<'_>, found: &mut Vec<WholeChange>) {
    let (before, after) = (alerts(both.old), alerts(both.new));
    for (name, new) in &after {
        match before.get(name) {
            None => tell(
                found,
                Topic::Alerts,
                Direction::Opened,
                format!("{} appears: {}", called(name), brief(&new.expression)),
            ),
            Some(old) if old != new => {
                let mut parts = Vec::new();
                if old.expression != new.expression {
                    parts.push(format!(
                        "{} → {}",
                        brief(&old.expression),
                        brief(&new.expression)
                    ));
                }
                if old.lasts != new.lasts {
                    parts.push(format!("for {} → {}", told(&old.lasts), told(&new.lasts)));
                }
                let line = format!("{}: {}", called(name), parts.join(", "));
                tell(found, Topic::Alerts, Direction::Changed, line);
            }
            Some(_) => {}
        }
    }
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        let line = format!("{} vanishes", called(name));
        tell(found, Topic::Alerts, Direction::Closed, line);
    }
}

fn called((_, alert, severity, _): &Name) -> String {
    if severity.is_empty() {
        alert.clone()
    } else {
        format!("{alert} ({severity})")
    }
}

fn told(lasts: &str) -> &str {
    if lasts.is_empty() { "0s" } else { lasts }
}

fn brief(expression: &str) -> String {
    let words: Vec<&str> = expression.split_whitespace().collect();
    short(&Json::from(words.join(" ")))
}

fn alerts(document: Option<&Document>) -> BTreeMap<Name, Alert> {
    let mut found = BTreeMap::new();
    let Some(document) = document else {
        return found;
    };
    match (document.id.group(), document.id.kind.as_ref()) {
        ("monitoring.coreos.com", "PrometheusRule") => {
            if let Some(spec) = document.value.get("spec") {
                collect(spec, &mut found);
            }
        }
        ("", "ConfigMap") => {
            let data = document.value.get("data").and_then(Json::as_object);
            for file in data
                .into_iter()
                .flatten()
                .filter_map(|(_, file)| file.as_str())
            {
                if file.contains("groups:") && file.contains("alert:") {
                    for value in check::read::values(file).unwrap_or_default() {
                        collect(&value, &mut found);
                    }
                }
            }
        }
        _ => {}
    }
    found
}

fn collect(rules: &Json, found: &mut BTreeMap<Name, Alert>) {
    for group in items(rules, "groups") {
        let group_name = text(group, "/name").unwrap_or_default();
        for rule in items(group, "rules") {
            let Some(name) = text(rule, "/alert") else {
                continue;
            };
            let severity = text(rule, "/labels/severity").unwrap_or_default();
            let mut key = (
                group_name.to_owned(),
                name.to_owned(),
                severity.to_owned(),
                0,
            );
            while found.contains_key(&key) {
                key.3 += 1;
            }
            let alert = Alert {
                expression: rule
                    .get("expr")
                    .map(crate::text::short_value)
                    .unwrap_or_default(),
                lasts: text(rule, "/for").unwrap_or_default().to_owned(),
            };
            found.insert(key, alert);
        }
    }
}
