//! prometheus-adapter: which series become which metrics of the API `custom.metrics.k8s.io`.

use std::collections::BTreeMap;

use names::Duration;
use serde::Serialize;

use crate::prometheus::{LabelName, MetricName};

/// What kind of object a label names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Resource {
    /// The resource in the singular.
    pub resource: &'static str,
}

/// How labels lead to objects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Resources {
    /// The object that each label names.
    pub overrides: BTreeMap<LabelName, Resource>,
}

/// The name under which the API serves a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MetricNaming {
    /// An expression that the series' name matches.
    pub matches: String,
    /// The name, which may use the expression's groups.
    #[serde(rename = "as")]
    pub becomes: String,
}

/// One series and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// A selector; the adapter looks for series that it fits.
    pub series_query: String,
    /// How labels lead to objects.
    pub resources: Resources,
    /// The name in the API.
    pub name: MetricNaming,
    /// The query for one metric of some objects, with the adapter's own placeholders.
    pub metrics_query: String,
}

/// What is asked of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The value of a gauge as it is.
    Value,
    /// How fast a counter grows a second, over this long.
    Rate(Duration),
}

impl Rule {
    /// The metric `name` of each pod, read from the series `series`, which carries the labels `namespace` and `pod`.
    pub fn of_pods(name: &MetricName, series: &MetricName, reading: Reading) -> Self {
        let of_label = |label| (LabelName::from_static(label), Resource { resource: label });
        let selected = "<<.Series>>{<<.LabelMatchers>>}";
        let value = match reading {
            Reading::Value => selected.to_owned(),
            Reading::Rate(window) => format!("rate({selected}[{}])", window.prometheus()),
        };
        Self {
            series_query: format!("{series}{{namespace!=\"\",pod!=\"\"}}"),
            resources: Resources {
                overrides: ["namespace", "pod"].map(of_label).into(),
            },
            name: MetricNaming {
                matches: format!("^{series}$"),
                becomes: name.to_string(),
            },
            metrics_query: format!("sum({value}) by (<<.GroupBy>>)"),
        }
    }
}

/// The whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Configuration {
    /// The rules; no two may lead to one name.
    pub rules: Vec<Rule>,
}

impl Configuration {
    /// The file's text.
    pub fn to_text(&self) -> String {
        yaml::text(self)
    }
}
