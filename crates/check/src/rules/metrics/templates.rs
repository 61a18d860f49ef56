//! METR003: the templates of alerts can be read.

use crate::cluster::Cluster;
use crate::monitoring::{AlertingOrRecording, Dialect, Template};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The templates of alerts can be read.
pub(super) static RULE: Rule = Rule {
    code: "METR003",
    area: Area::Metrics,
    severity: Severity::Error,
    title: "the templates of alerts can be read",
    why: "Prometheus refuses a whole file of rules for one template that it cannot read.",
    fix: "Correct the template; Prometheus' documentation of templates lists its functions.",
    absorbs: &["promtool check rules", "pint alerts/template"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for file in &cluster.monitoring.rule_files {
        let alerts = file
            .rules()
            .filter(|rule| rule.kind == AlertingOrRecording::Alerting);
        for alert in alerts {
            for (map, texts) in [
                ("labels", &alert.labels),
                ("annotations", &alert.annotations),
            ] {
                for (key, text) in texts {
                    if let Err(message) = Template::parse(text, Dialect::Prometheus) {
                        let spot = file.spot(alert, &format!("{map}[{key}]"));
                        let message =
                            format!("the template of the alert {}: {message}", alert.name);
                        findings.add_at(&spot, message, None);
                    }
                }
            }
        }
    }
}
