//! METR004: templates name labels that the query keeps.

use crate::cluster::Cluster;
use crate::monitoring::{AlertingOrRecording, Dialect, Labels, Template, label_sets};
use crate::promql;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Templates name labels that the query keeps.
pub(super) static RULE: Rule = Rule {
    code: "METR004",
    area: Area::Metrics,
    severity: Severity::Warning,
    title: "the templates of alerts name labels that the query keeps",
    why: "A label that an aggregation took away is empty in the text of the alert, and who reads it is not told what it is about.",
    fix: "Keep the label (`sum by (label) (…)`), or name one that is left.",
    absorbs: &["pint alerts/template"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for file in &cluster.monitoring.rule_files {
        let alerts = file
            .rules()
            .filter(|rule| rule.kind == AlertingOrRecording::Alerting);
        for alert in alerts {
            let Ok(query) = promql::parse_with(&alert.expression, promql::Features::ALL) else {
                continue;
            };
            let sets = label_sets(&query);
            let left = &sets[query.root().index()];
            for (map, texts) in [
                ("labels", &alert.labels),
                ("annotations", &alert.annotations),
            ] {
                for (key, text) in texts {
                    let Ok(template) = Template::parse(text, Dialect::Prometheus) else {
                        continue;
                    };
                    for gone in template.labels.iter().filter(|label| !left.may_have(label)) {
                        findings.add_at(
                            &file.spot(alert, &format!("{map}[{key}]")),
                            format!(
                                "the query of the alert {} leaves no label `{gone}`",
                                alert.name
                            ),
                            help(left),
                        );
                    }
                }
            }
        }
    }
}

fn help(left: &Labels) -> Option<String> {
    let left = left.all()?;
    let names: Vec<&str> = left.iter().map(String::as_str).collect();
    Some(if names.is_empty() {
        "no label is left".to_owned()
    } else {
        format!("left: {}", names.join(", "))
    })
}
