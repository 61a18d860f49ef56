//! Dashboards in the form of files that Grafana is provisioned with.

use std::collections::BTreeSet;

use names::{DataKey, ObjectName};
use serde::Serialize;

use super::panel::{Panel, Position};
use super::query::DataSourceRef;
use crate::prometheus::{Expression, MetricName};
use crate::serialize;

/// The columns of the grid.
const COLUMNS: u16 = 24;

/// The query of a variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct VariableQuery {
    query: String,
    ref_id: &'static str,
}

/// What users choose from, at the top of the dashboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Variable {
    name: &'static str,
    label: String,
    #[serde(rename = "type")]
    kind: &'static str,
    datasource: DataSourceRef,
    definition: String,
    query: VariableQuery,
    include_all: bool,
    multi: bool,
    all_value: &'static str,
    refresh: u8,
    sort: u8,
    #[serde(skip)]
    selector: Expression,
}

impl Variable {
    /// The values of one label of the series of a selector; queries say `label=~"$name"`.
    pub fn label_values(
        name: &'static str,
        label: &str,
        selector: impl Into<String>,
        values_of: &str,
    ) -> Self {
        let selector = selector.into();
        let definition = format!("label_values({selector}, {values_of})");
        Self {
            name,
            label: label.to_owned(),
            kind: "query",
            datasource: DataSourceRef::PROMETHEUS,
            query: VariableQuery {
                query: definition.clone(),
                ref_id: "variable",
            },
            definition,
            include_all: true,
            multi: true,
            all_value: ".*",
            // When the time range changes, and by name.
            refresh: 2,
            sort: 1,
            selector: Expression::new(selector),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
struct Variables {
    list: Vec<Variable>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct TimeRange {
    from: &'static str,
    to: &'static str,
}

/// A dashboard.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Dashboard {
    #[serde(serialize_with = "serialize::display")]
    uid: ObjectName,
    title: String,
    tags: [&'static str; 1],
    timezone: &'static str,
    editable: bool,
    graph_tooltip: u8,
    refresh: &'static str,
    schema_version: u8,
    time: TimeRange,
    templating: Variables,
    panels: Vec<Panel>,
}

impl Dashboard {
    /// An empty dashboard; `uid` is a part of its address and stays.
    pub fn new(uid: &ObjectName, title: &str) -> Self {
        Self {
            uid: uid.clone(),
            title: title.to_owned(),
            tags: ["platform"],
            timezone: "utc",
            editable: false,
            // The crosshair is shared by all panels.
            graph_tooltip: 1,
            refresh: "30s",
            schema_version: 41,
            time: TimeRange {
                from: "now-3h",
                to: "now",
            },
            templating: Variables::default(),
            panels: Vec::new(),
        }
    }

    /// The same with a choice at the top.
    pub fn variable(mut self, variable: Variable) -> Self {
        self.templating.list.push(variable);
        self
    }

    /// The same with these panels, placed from left to right and from top to bottom.
    pub fn panels(mut self, panels: impl IntoIterator<Item = Panel>) -> Self {
        self.panels.extend(panels);
        let (mut x, mut y, mut height) = (0, 0, 0);
        for (panel, id) in self.panels.iter_mut().zip(1..) {
            let Position { w, h, .. } = panel.grid_pos;
            if x + w > COLUMNS {
                (x, y, height) = (0, y + height, 0);
            }
            panel.id = id;
            panel.grid_pos = Position { x, y, w, h };
            x += w;
            height = height.max(h);
        }
        self
    }

    /// The part of its address that stays.
    pub fn uid(&self) -> &ObjectName {
        &self.uid
    }

    /// The name of the file of the dashboard of this identifier.
    pub fn file(uid: &ObjectName) -> DataKey {
        uid.with_suffix(".json")
    }

    /// Its panels.
    pub fn all_panels(&self) -> &[Panel] {
        &self.panels
    }

    /// The selectors whose labels its variables offer.
    pub fn variables(&self) -> impl Iterator<Item = &Expression> {
        let variables = self.templating.list.iter();
        variables.map(|variable| &variable.selector)
    }

    /// Every expression that Prometheus is asked, by panels and variables.
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let queries = self.panels.iter().flat_map(Panel::queries);
        self.variables()
            .chain(queries.map(super::Query::expression))
    }

    /// Every metric that it shows.
    pub fn metrics(&self) -> BTreeSet<MetricName> {
        self.expressions().flat_map(Expression::metrics).collect()
    }

    /// The file's text.
    pub fn to_text(&self) -> String {
        // Nothing of a dashboard is a map with keys that are no texts, the one thing that cannot be written as JSON.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}
