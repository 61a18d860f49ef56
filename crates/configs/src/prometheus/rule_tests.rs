//! promtool's unit tests of rules: series that are given, and the alerts that must or must not
//! follow.

use std::collections::BTreeMap;

use names::Duration;
use serde::Serialize;

use super::label::LabelName;
use super::rules::AlertRule;
use crate::serialize;

/// A series that a test pretends was scraped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputSeries {
    /// Name and labels: `up{job="api"}`.
    pub series: String,
    /// Values in promtool's notation, one an interval: `0+10x5` counts by ten, `1x20` stays, `_` is
    /// missing.
    pub values: String,
}

/// An alert as it is raised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExpectedAlert {
    /// All its labels but the name.
    pub exp_labels: BTreeMap<LabelName, String>,
    /// Its annotations with the values in place.
    pub exp_annotations: BTreeMap<LabelName, String>,
}

/// What one alert is at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AlertRuleTest {
    /// The moment, from the first value.
    #[serde(serialize_with = "serialize::prometheus_duration")]
    pub eval_time: Duration,
    /// The alert.
    pub alertname: String,
    /// Each raised instance of it; none means silence.
    pub exp_alerts: Vec<ExpectedAlert>,
}

/// The samples of an expression at one moment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExpressionTest {
    /// The expression.
    pub expr: String,
    /// The moment, from the first value.
    #[serde(serialize_with = "serialize::prometheus_duration")]
    pub eval_time: Duration,
    /// All its samples.
    pub exp_samples: Vec<ExpectedSample>,
}

/// A sample of an expression.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExpectedSample {
    /// Name and labels.
    pub labels: String,
    /// The value.
    pub value: f64,
}

/// Series, and what follows from them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TestGroup {
    /// What is tested, for messages.
    pub name: String,
    /// The time between two values.
    #[serde(serialize_with = "serialize::prometheus_duration")]
    pub interval: Duration,
    /// The series.
    pub input_series: Vec<InputSeries>,
    /// The alerts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alert_rule_test: Vec<AlertRuleTest>,
    /// The expressions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub promql_expr_test: Vec<ExpressionTest>,
}

impl TestGroup {
    /// A test with one value a minute.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            interval: Duration::minutes(1),
            input_series: Vec::new(),
            alert_rule_test: Vec::new(),
            promql_expr_test: Vec::new(),
        }
    }

    /// The same with a value only so often.
    pub fn every(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// The same with this series.
    pub fn given(mut self, series: &str, values: &str) -> Self {
        self.input_series.push(InputSeries {
            series: series.to_owned(),
            values: values.to_owned(),
        });
        self
    }

    /// The same, with nothing raised at that moment.
    pub fn silent(mut self, rule: &AlertRule, eval_time: Duration) -> Self {
        self.alert_rule_test.push(AlertRuleTest {
            eval_time,
            alertname: rule.alert.clone(),
            exp_alerts: Vec::new(),
        });
        self
    }

    /// The same, with the alert raised once at that moment: with these labels beside the rule's
    /// own, and these texts.
    pub fn raised(
        mut self,
        rule: &AlertRule,
        eval_time: Duration,
        labels: &[(&'static str, &str)],
        summary: &str,
        description: &str,
    ) -> Self {
        let text =
            |(label, text): (&'static str, &str)| (LabelName::from_static(label), text.to_owned());
        let mut exp_labels = rule.labels.clone();
        exp_labels.extend(labels.iter().copied().map(text));
        let exp_annotations = [("summary", summary), ("description", description)]
            .into_iter()
            .map(text)
            .collect();
        let expected = ExpectedAlert {
            exp_labels,
            exp_annotations,
        };
        self.alert_rule_test.push(AlertRuleTest {
            eval_time,
            alertname: rule.alert.clone(),
            exp_alerts: vec![expected],
        });
        self
    }
}

/// A whole file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleTestFile {
    /// The rule files, from the folder of this one.
    pub rule_files: Vec<String>,
    /// How often the rules are evaluated.
    #[serde(serialize_with = "serialize::prometheus_duration")]
    pub evaluation_interval: Duration,
    /// The tests.
    pub tests: Vec<TestGroup>,
}

impl RuleTestFile {
    /// Tests of the rules in one file beside this one.
    pub fn of(rule_file: &str, tests: impl IntoIterator<Item = TestGroup>) -> Self {
        Self {
            rule_files: vec![rule_file.to_owned()],
            evaluation_interval: Duration::minutes(1),
            tests: tests.into_iter().collect(),
        }
    }

    /// The file's text.
    pub fn to_text(&self) -> String {
        yaml::text(self)
    }
}
