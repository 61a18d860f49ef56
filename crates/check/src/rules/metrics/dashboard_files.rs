//! METR017: a file of a dashboard is the dashboard itself.

use serde_json::Value as Json;

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A file of a dashboard is the dashboard itself.
pub(super) static RULE: Rule = Rule {
    code: "METR017",
    area: Area::Metrics,
    severity: Severity::Error,
    title: "a file of a dashboard is the dashboard itself",
    why: "Grafana reads the title at the top of a provisioned file; one that is wrapped, as its API returns and takes it, is refused for having none.",
    fix: "Take the content of `dashboard` to the top of the file.",
    absorbs: &[],
    check: Some(check),
};

/// What stands beside the dashboard in an answer of the API. What else does makes it a request to the API, which is no file
/// for Grafana.
const OF_ANSWERS: [&str; 2] = ["dashboard", "meta"];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for board in &cluster.monitoring.dashboards {
        let value = board.source.value();
        let mut keys = value.as_object().into_iter().flat_map(|map| map.keys());
        if board.is_wrapped && keys.all(|key| OF_ANSWERS.contains(&key.as_str())) {
            let title = board.content().get("title").and_then(Json::as_str);
            let title = title.unwrap_or("without a title");
            let message = format!("the dashboard {title} is wrapped in `dashboard`");
            findings.add_at(&board.source.spot("dashboard"), message, None);
        }
    }
}
