//! METR018: the panels of a dashboard are of types that Grafana has.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The panels of a dashboard are of types that Grafana has.
pub(super) static RULE: Rule = Rule {
    code: "METR018",
    area: Area::Metrics,
    severity: Severity::Warning,
    title: "the panels of a dashboard are of types that Grafana has",
    why: "Grafana 12 no longer runs panels written for AngularJS: it turns the old ones into others each time they are opened, and what does not fit is lost.",
    fix: "Write the panel as the type that took its place.",
    absorbs: &[],
    check: Some(check),
};

/// Types that are gone, and what Grafana opens in their place (Grafana's documentation of the end of Angular).
const GONE: [(&str, &str); 6] = [
    ("graph", "timeseries"),
    ("singlestat", "stat"),
    ("table-old", "table"),
    ("grafana-piechart-panel", "piechart"),
    ("grafana-worldmap-panel", "geomap"),
    ("natel-discrete-panel", "state-timeline"),
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for board in &cluster.monitoring.dashboards {
        // One finding a type and dashboard: old dashboards have dozens of such panels.
        let mut found: BTreeMap<&str, (String, usize, &str)> = BTreeMap::new();
        for (field, panel) in board.panels() {
            let kind = panel.get("type").and_then(Json::as_str).unwrap_or_default();
            if let Some((gone, instead)) = GONE.iter().find(|(gone, _)| *gone == kind) {
                let known = found.entry(gone).or_insert((field, 0, instead));
                known.1 += 1;
            }
        }
        for (gone, (field, count, instead)) in found {
            let panels = match count {
                1 => "a panel is".to_owned(),
                _ => format!("{count} panels are"),
            };
            let message = format!("{panels} of type `{gone}`, which is now `{instead}`");
            findings.add_at(&board.source.spot(&format!("{field}.type")), message, None);
        }
    }
}
