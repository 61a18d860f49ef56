//! Panels: what a query is shown as.

use serde::Serialize;

use super::query::{DataSourceRef, Query};

/// What values are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Unit {
    /// Plain numbers.
    #[serde(rename = "short")]
    Number,
    /// Percent, 0 to 100.
    #[serde(rename = "percent")]
    Percent,
    /// A share, 0 to 1, shown as percent.
    #[serde(rename = "percentunit")]
    Share,
    /// Bytes with binary prefixes.
    #[serde(rename = "bytes")]
    Bytes,
    /// Bytes a second with binary prefixes.
    #[serde(rename = "binBps")]
    BytesPerSecond,
    /// Requests a second.
    #[serde(rename = "reqps")]
    RequestsPerSecond,
    /// Milliseconds.
    #[serde(rename = "ms")]
    Milliseconds,
    /// Seconds.
    #[serde(rename = "s")]
    Seconds,
    /// CPU cores.
    #[serde(rename = "none")]
    Cores,
    /// US dollars.
    #[serde(rename = "currencyUSD")]
    Dollars,
}

/// From where on a value is bad.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Threshold {
    /// Above it.
    Above(f64),
    /// Below it.
    Below(f64),
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
struct Step {
    color: &'static str,
    value: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Steps {
    mode: &'static str,
    steps: Vec<Step>,
}

impl Steps {
    fn new(threshold: Option<Threshold>) -> Self {
        let (base, step) = match threshold {
            None => ("green", None),
            Some(Threshold::Above(value)) => ("green", Some(("red", value))),
            Some(Threshold::Below(value)) => ("red", Some(("green", value))),
        };
        let base = Step {
            color: base,
            value: None,
        };
        let step = step.map(|(color, value)| Step {
            color,
            value: Some(value),
        });
        Self {
            mode: "absolute",
            steps: std::iter::once(base).chain(step).collect(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Mode {
    mode: &'static str,
}

/// How lines are drawn.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Drawing {
    draw_style: &'static str,
    line_width: u8,
    fill_opacity: u8,
    show_points: &'static str,
    span_nulls: bool,
    stacking: Mode,
    thresholds_style: Mode,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct FieldDefaults {
    unit: Unit,
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<u8>,
    thresholds: Steps,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom: Option<Drawing>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct FieldConfig {
    defaults: FieldDefaults,
    overrides: [(); 0],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Legend {
    display_mode: &'static str,
    placement: &'static str,
    #[serde(rename = "showLegend")]
    shown: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Tooltip {
    mode: &'static str,
    sort: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Reduction {
    calcs: [&'static str; 1],
    fields: &'static str,
    values: bool,
}

/// What a kind of panel can be told.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Options {
    TimeSeries {
        legend: Legend,
        tooltip: Tooltip,
    },
    #[serde(rename_all = "camelCase")]
    Stat {
        reduce_options: Reduction,
        color_mode: &'static str,
        graph_mode: &'static str,
        text_mode: &'static str,
    },
    #[serde(rename_all = "camelCase")]
    Table {
        show_header: bool,
    },
}

/// The column with the moment of the query says nothing in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Excluded {
    #[serde(rename = "Time")]
    time: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Organized {
    #[serde(rename = "excludeByName")]
    exclude: Excluded,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Transformation {
    id: &'static str,
    options: Organized,
}

/// Where a panel is, in a grid of 24 columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Position {
    pub(super) x: u16,
    pub(super) y: u16,
    pub(super) w: u16,
    pub(super) h: u16,
}

/// A panel.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Panel {
    pub(super) id: u16,
    #[serde(rename = "type")]
    kind: &'static str,
    pub(super) title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    datasource: DataSourceRef,
    pub(super) grid_pos: Position,
    pub(super) targets: Vec<Query>,
    field_config: FieldConfig,
    options: Options,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    transformations: Vec<Transformation>,
}

impl Panel {
    fn new(
        kind: &'static str,
        title: &str,
        unit: Unit,
        size: (u16, u16),
        options: Options,
        queries: Vec<Query>,
    ) -> Self {
        let targets = queries
            .into_iter()
            .zip('A'..='Z')
            .map(|(query, letter)| query.named(letter));
        Self {
            id: 0,
            kind,
            title: title.to_owned(),
            description: String::new(),
            datasource: DataSourceRef::PROMETHEUS,
            grid_pos: Position {
                w: size.0,
                h: size.1,
                ..Position::default()
            },
            targets: targets.collect(),
            field_config: FieldConfig {
                defaults: FieldDefaults {
                    unit,
                    min: None,
                    thresholds: Steps::new(None),
                    custom: None,
                },
                overrides: [],
            },
            options,
            transformations: Vec::new(),
        }
    }

    /// Lines over time, half a row wide.
    pub fn time_series(title: &str, unit: Unit, queries: impl IntoIterator<Item = Query>) -> Self {
        let options = Options::TimeSeries {
            legend: Legend {
                display_mode: "list",
                placement: "bottom",
                shown: true,
            },
            tooltip: Tooltip {
                mode: "multi",
                sort: "desc",
            },
        };
        let queries = queries.into_iter().collect();
        let mut panel = Self::new("timeseries", title, unit, (12, 8), options, queries);
        panel.field_config.defaults.min = Some(0);
        panel.field_config.defaults.custom = Some(Drawing {
            draw_style: "line",
            line_width: 1,
            fill_opacity: 10,
            show_points: "never",
            span_nulls: false,
            stacking: Mode { mode: "none" },
            thresholds_style: Mode { mode: "off" },
        });
        panel
    }

    /// One number with its recent course, a sixth of a row wide.
    pub fn stat(title: &str, unit: Unit, query: Query) -> Self {
        let options = Options::Stat {
            reduce_options: Reduction {
                calcs: ["lastNotNull"],
                fields: "",
                values: false,
            },
            color_mode: "value",
            graph_mode: "area",
            text_mode: "auto",
        };
        Self::new("stat", title, unit, (4, 4), options, vec![query])
    }

    /// The series of one query as rows, half a row wide.
    pub fn table(title: &str, unit: Unit, query: Query) -> Self {
        let options = Options::Table { show_header: true };
        let mut panel = Self::new(
            "table",
            title,
            unit,
            (12, 8),
            options,
            vec![query.into_table()],
        );
        panel.transformations.push(Transformation {
            id: "organize",
            options: Organized {
                exclude: Excluded { time: true },
            },
        });
        panel
    }

    /// The same with a few words about what is shown.
    pub fn described(mut self, description: &str) -> Self {
        description.clone_into(&mut self.description);
        self
    }

    /// The same, red where a value is bad.
    pub fn threshold(mut self, threshold: Threshold) -> Self {
        self.field_config.defaults.thresholds = Steps::new(Some(threshold));
        if let Some(drawing) = &mut self.field_config.defaults.custom {
            drawing.thresholds_style = Mode { mode: "dashed" };
        }
        self
    }

    /// The same with areas on top of each other, for parts of a whole.
    pub fn stacked(mut self) -> Self {
        if let Some(drawing) = &mut self.field_config.defaults.custom {
            drawing.stacking = Mode { mode: "normal" };
        }
        self
    }

    /// The same over this many of 24 columns.
    pub fn width(mut self, columns: u16) -> Self {
        self.grid_pos.w = columns.clamp(1, 24);
        self
    }

    /// Its queries.
    pub fn queries(&self) -> &[Query] {
        &self.targets
    }
}
