//! METR008: no rule is there twice.

use std::collections::BTreeMap;

use crate::cluster::Cluster;
use crate::monitoring::{AlertingOrRecording, Rule as Watching, RuleFile};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// No rule is there twice.
pub(super) static RULE: Rule = Rule {
    code: "METR008",
    area: Area::Metrics,
    severity: Severity::Warning,
    title: "no rule is there twice",
    why: "Two recording rules of one name and labels write into the same series and drop each other's values; two alerts of one name and labels cannot be told apart.",
    fix: "Remove one of them, or give them labels that differ.",
    absorbs: &[
        "promtool check rules duplicate-rules",
        "pint rule/duplicate",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let mut seen: BTreeMap<_, (&RuleFile<'_>, &Watching)> = BTreeMap::new();
    for file in &cluster.monitoring.rule_files {
        for rule in file.rules().filter(|rule| !rule.name.is_empty()) {
            let is_alert = rule.kind == AlertingOrRecording::Alerting;
            // Objects of one namespace and another may be meant for two servers.
            let server = file.source.document.id.namespace.as_deref();
            // Two parts of one condition may share an alert's name, where their queries give different series.
            let query = is_alert.then_some(rule.expression.trim());
            let key = (server, is_alert, &rule.name, &rule.labels, query);
            let Some((other_file, other)) = seen.insert(key, (file, rule)) else {
                continue;
            };
            let what = if is_alert { "alert" } else { "recording rule" };
            let message = format!(
                "the {what} {} is there twice with the same labels",
                rule.name
            );
            let first = other_file.spot(other, "");
            let path = first.path.trim_end_matches('.');
            let help = format!("the first one is {path} of {}", first.document.id);
            let field = if is_alert { "alert" } else { "record" };
            findings.add_at(&file.spot(rule, field), message, Some(help));
        }
    }
}
