//! METR013: the labels of alerts are those that the routes ask for.

use std::collections::{BTreeMap, BTreeSet};

use crate::cluster::Cluster;
use crate::monitoring::{AlertingOrRecording, Alertmanager, RouteMatcher};
use crate::promql::Match;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::syntax;

/// The labels of alerts are those that the routes ask for.
pub(super) static RULE: Rule = Rule {
    code: "METR013",
    area: Area::Metrics,
    severity: Severity::Warning,
    title: "the severity of an alert is one that a route asks for",
    why: "An alert whose severity no route knows falls to the default receiver, beside those that somebody is called for.",
    fix: "Use a severity that a route asks for, or add a route.",
    absorbs: &["pint rule/label"],
    check: Some(check),
};

/// The label by which alerts are told apart everywhere.
const LABEL: &str = "severity";

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let monitoring = &cluster.monitoring;
    // With two of them nobody knows which one an alert goes to.
    let [alertmanager] = &monitoring.alertmanagers[..] else {
        return;
    };
    let asked = asked(alertmanager);
    if asked.is_empty() {
        return;
    }
    for file in &monitoring.rule_files {
        let alerts = file
            .rules()
            .filter(|rule| rule.kind == AlertingOrRecording::Alerting);
        for alert in alerts {
            let mut labels: BTreeMap<String, String> = alert.labels.clone();
            labels.insert("alertname".to_owned(), alert.name.clone());
            let Some(value) = labels.get(LABEL).filter(|value| !value.contains("{{")) else {
                continue;
            };
            let is_default = alertmanager.taken(&labels) == [0];
            if is_default && !asked.contains(value.as_str()) {
                let near = syntax::nearest(value, asked.iter().copied());
                let known: Vec<&str> = asked.iter().copied().collect();
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the routes ask for {}", known.join(", ")),
                };
                findings.add_at(
                    &file.spot(alert, &format!("labels.{LABEL}")),
                    format!(
                        "no route asks for the severity `{value}` of the alert {}",
                        alert.name
                    ),
                    Some(help),
                );
            }
        }
    }
}

/// The values of the label that routes ask for.
fn asked<'m>(alertmanager: &'m Alertmanager<'_>) -> BTreeSet<&'m str> {
    let matchers = alertmanager.routes.iter().flat_map(|route| &route.matchers);
    let values = |matcher: &'m RouteMatcher| match matcher.match_type {
        Match::Equal => vec![matcher.value.as_str()],
        Match::Regex => matcher.value.split('|').collect(),
        Match::NotEqual | Match::NotRegex => Vec::new(),
    };
    matchers
        .filter(|matcher| matcher.label == LABEL)
        .flat_map(values)
        .collect()
}
