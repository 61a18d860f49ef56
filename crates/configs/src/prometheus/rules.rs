//! Rule files: alerts and recordings.

use std::collections::BTreeMap;

use names::Duration;
use serde::Serialize;

use super::expression::Expression;
use super::label::{LabelName, MetricName};
use crate::serialize;

/// How soon somebody has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Now, at night too.
    Critical,
    /// In working hours.
    Warning,
    /// Never: it proves that alerts arrive.
    None,
}

impl Severity {
    /// The value of the label `severity`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Warning => "warning",
            Self::None => "none",
        }
    }
}

/// An alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AlertRule {
    /// Its name, unique among all groups.
    pub alert: String,
    /// It is raised for each series of the result.
    pub expr: Expression,
    /// How long the result must be there before anybody hears of it.
    #[serde(
        rename = "for",
        skip_serializing_if = "serialize::is_zero",
        serialize_with = "serialize::prometheus_duration"
    )]
    pub pending: Duration,
    /// Labels beside those of the series.
    pub labels: BTreeMap<LabelName, String>,
    /// What people read; Go templates with `$labels` and `$value`.
    pub annotations: BTreeMap<LabelName, String>,
}

impl AlertRule {
    /// An alert that says what is the matter (`summary`, one line) and what it means
    /// (`description`). Its label `runbook` is the heading's anchor in the runbook: the name in
    /// kebab case.
    pub fn new(
        alert: &str,
        severity: Severity,
        expr: impl Into<String>,
        summary: &str,
        description: &str,
    ) -> Self {
        let text = |label, text: &str| (LabelName::from_static(label), text.to_owned());
        Self {
            alert: alert.to_owned(),
            expr: Expression::new(expr),
            pending: Duration::ZERO,
            labels: BTreeMap::from([
                text("severity", severity.as_str()),
                text("runbook", &anchor(alert)),
            ]),
            annotations: BTreeMap::from([
                text("summary", summary),
                text("description", description),
            ]),
        }
    }

    /// The same, raised only when it has been true for so long.
    pub fn after(mut self, pending: Duration) -> Self {
        self.pending = pending;
        self
    }
}

/// An expression whose result is stored under a name of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecordingRule {
    /// The name; by convention `level:metric:operations`.
    pub record: MetricName,
    /// The expression.
    pub expr: Expression,
    /// Labels that the result gets.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<LabelName, String>,
}

/// One entry of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Rule {
    /// An alert.
    Alert(AlertRule),
    /// A recording.
    Recording(RecordingRule),
}

impl Rule {
    /// Its expression.
    pub fn expression(&self) -> &Expression {
        match self {
            Self::Alert(rule) => &rule.expr,
            Self::Recording(rule) => &rule.expr,
        }
    }

    /// The alert, if it is one.
    pub fn alert(&self) -> Option<&AlertRule> {
        match self {
            Self::Alert(rule) => Some(rule),
            Self::Recording(_) => None,
        }
    }
}

impl From<AlertRule> for Rule {
    fn from(rule: AlertRule) -> Self {
        Self::Alert(rule)
    }
}

impl From<RecordingRule> for Rule {
    fn from(rule: RecordingRule) -> Self {
        Self::Recording(rule)
    }
}

/// Rules that are evaluated together, in this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleGroup {
    /// The name, unique in the file.
    pub name: String,
    /// How often; the global interval where nothing is said.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "serialize::prometheus_duration_option"
    )]
    pub interval: Option<Duration>,
    /// The rules.
    pub rules: Vec<Rule>,
}

impl RuleGroup {
    /// A group of alerts.
    pub fn of_alerts(name: &str, alerts: impl IntoIterator<Item = AlertRule>) -> Self {
        Self {
            name: name.to_owned(),
            interval: None,
            rules: alerts.into_iter().map(Rule::from).collect(),
        }
    }
}

/// A whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RuleFile {
    /// The groups.
    pub groups: Vec<RuleGroup>,
}

impl RuleFile {
    /// All rules of all groups.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.groups.iter().flat_map(|group| &group.rules)
    }

    /// The file's text.
    pub fn to_text(&self) -> String {
        yaml::text(self)
    }
}

/// The heading's anchor of an alert in the runbook: `HighCPUUsage` as `high-cpu-usage`.
pub fn anchor(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut text = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let begins = letter.is_ascii_uppercase() && at > 0;
        let after_small = begins && !letters[at - 1].is_ascii_uppercase();
        let before_small = begins && letters.get(at + 1).is_some_and(char::is_ascii_lowercase);
        if after_small || before_small {
            text.push('-');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::anchor;

    #[test]
    fn runbook_anchors_keep_abbreviations_together() {
        assert_eq!(anchor("HighCPUUsage"), "high-cpu-usage");
        assert_eq!(anchor("ContainerOOMKilled"), "container-oom-killed");
        assert_eq!(anchor("Watchdog"), "watchdog");
        assert_eq!(anchor("HpaMaxedOut"), "hpa-maxed-out");
    }
}
