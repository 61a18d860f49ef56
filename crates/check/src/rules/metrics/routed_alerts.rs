//! METR014: routes and inhibitions name alerts that there are.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::cluster::Cluster;
use crate::monitoring::{AlertingOrRecording, Alertmanager, Route, RuleFile, inhibition};
use crate::promql::Match;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::syntax;

/// Routes and inhibitions name alerts that there are.
pub(super) static RULE: Rule = Rule {
    code: "METR014",
    area: Area::Metrics,
    severity: Severity::Warning,
    title: "routes and inhibitions name alerts that there are",
    why: "A route or inhibition for an alert that was renamed does nothing, and the alert goes elsewhere or is not held back.",
    fix: "Write the name as the rule has it.",
    absorbs: &["pint rule/dependency"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let monitoring = &cluster.monitoring;
    let alerts: BTreeSet<&str> = monitoring
        .rule_files
        .iter()
        .flat_map(RuleFile::rules)
        .filter(|rule| rule.kind == AlertingOrRecording::Alerting)
        .map(|rule| rule.name.as_str())
        .collect();
    // Alerts of a configuration that is not among the objects are not known.
    if monitoring.prometheus.is_empty() || alerts.is_empty() {
        return;
    }
    for alertmanager in &monitoring.alertmanagers {
        for route in &alertmanager.routes {
            judge(alertmanager, route, &alerts, findings);
        }
        let inhibitions = alertmanager.source.value().get("inhibit_rules");
        let inhibitions = inhibitions.and_then(Json::as_array).into_iter().flatten();
        for (at, value) in inhibitions.enumerate() {
            for end in ["source", "target"] {
                let route = inhibition(value, end, &format!("inhibit_rules[{at}]"));
                for (field, message) in &route.faults {
                    findings.add_at(&alertmanager.source.spot(field), message, None);
                }
                judge(alertmanager, &route, &alerts, findings);
            }
        }
    }
}

fn judge(
    alertmanager: &Alertmanager<'_>,
    route: &Route,
    alerts: &BTreeSet<&str>,
    findings: &mut Findings<'_>,
) {
    for matcher in route.matchers.iter().filter(|one| one.label == "alertname") {
        let names: Vec<&str> = match matcher.match_type {
            Match::Equal => vec![&matcher.value],
            Match::Regex => matcher.value.split('|').collect(),
            Match::NotEqual | Match::NotRegex => continue,
        };
        let is_name = |name: &str| {
            name.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        };
        for name in names
            .into_iter()
            .filter(|name| is_name(name) && !alerts.contains(name))
        {
            let near = syntax::nearest(name, alerts.iter().copied());
            findings.add_at(
                &alertmanager.source.spot(&route.field),
                format!("there is no alert `{name}`"),
                near.map(|near| format!("did you mean `{near}`?")),
            );
        }
    }
}
