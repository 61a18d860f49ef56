//! What a panel or a variable asks Prometheus.

use serde::Serialize;

use super::provisioning::DataSource;
use crate::prometheus::Expression;

/// The data source, as panels name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct DataSourceRef {
    #[serde(rename = "type")]
    kind: &'static str,
    uid: &'static str,
}

impl DataSourceRef {
    /// Prometheus.
    pub(super) const PROMETHEUS: Self = Self {
        kind: "prometheus",
        uid: DataSource::PROMETHEUS,
    };
}

/// A query of a panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Query {
    ref_id: String,
    datasource: DataSourceRef,
    expr: Expression,
    legend_format: String,
    range: bool,
    instant: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'static str>,
}

impl Query {
    /// An expression over the time that is shown; the legend is a template of labels: `{{pod}}`.
    pub fn new(expr: impl Into<String>, legend: &str) -> Self {
        Self {
            ref_id: String::new(),
            datasource: DataSourceRef::PROMETHEUS,
            expr: Expression::new(expr),
            legend_format: legend.to_owned(),
            range: true,
            instant: false,
            format: None,
        }
    }

    /// The same under the letter that a panel knows it by.
    pub(super) fn named(mut self, letter: char) -> Self {
        self.ref_id = letter.to_string();
        self
    }

    /// The same, asked for the end of the time only, as rows.
    pub(super) fn into_table(mut self) -> Self {
        self.range = false;
        self.instant = true;
        self.format = Some("table");
        self
    }

    /// The expression.
    pub fn expression(&self) -> &Expression {
        &self.expr
    }
}
