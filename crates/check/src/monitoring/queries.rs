//! Every query that somebody asks: rules, analyses, autoscalers, dashboards.

use serde_json::Value as Json;

use super::rule_file::{AlertingOrRecording, list};
use super::source::{Source, Spot};
use super::{Monitoring, dashboard};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::promql::{self, Fault, Features};

/// A query, and what reading it says.
pub(crate) struct Query<'a> {
    pub(crate) asker: Asker,
    pub(crate) spot: Spot<'a>,
    pub(crate) parsed: Result<promql::Query, Fault>,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asker {
    /// An alert of this name.
    Alert(String),
    /// A recording rule that writes this metric.
    Recording(String),
    /// The analysis of a rollout.
    Analysis,
    /// An autoscaler, or what hands it its metrics.
    Autoscaler,
    /// A panel of a dashboard.
    Dashboard,
}

/// All queries of these objects.
pub(super) fn of<'a>(documents: &'a [Document], monitoring: &Monitoring<'a>) -> Vec<Query<'a>> {
    let mut collector = Collector {
        features: Monitoring::features(documents),
        queries: Vec::new(),
    };
    for file in &monitoring.rule_files {
        for rule in file.rules().filter(|rule| !rule.expression.is_empty()) {
            let asker = match rule.kind {
                AlertingOrRecording::Alerting => Asker::Alert(rule.name.clone()),
                AlertingOrRecording::Recording => Asker::Recording(rule.name.clone()),
            };
            collector.add(asker, file.spot(rule, "expr"), &rule.expression);
        }
    }
    for board in &monitoring.dashboards {
        for (spot, text) in board.queries() {
            collector.panel(spot, &text);
        }
    }
    for source in &monitoring.adapters {
        collector.adapter(source);
    }
    for document in documents {
        match document.id.kind.as_ref() {
            "AnalysisTemplate" | "ClusterAnalysisTemplate" => collector.analysis(document),
            "ScaledObject" | "ScaledJob" => collector.triggers(document),
            _ => {}
        }
    }
    collector.queries
}

struct Collector<'a> {
    features: Features,
    queries: Vec<Query<'a>>,
}

impl<'a> Collector<'a> {
    fn add(&mut self, asker: Asker, spot: Spot<'a>, text: &str) {
        let parsed = promql::parse_with(text, self.features);
        self.queries.push(Query {
            asker,
            spot,
            parsed,
        });
    }

    /// A panel, with a number or a name in place of each variable; what is neither is left to Grafana.
    fn panel(&mut self, spot: Spot<'a>, text: &str) {
        let mut parsed = promql::parse_with(text, self.features);
        if parsed.is_err() && text.contains('$') {
            let filled = ["1", "x"].map(|variable| dashboard::without_variables(text, variable));
            let read = filled
                .iter()
                .find_map(|text| promql::parse_with(text, self.features).ok());
            match read {
                Some(read) => parsed = Ok(read),
                None => return,
            }
        }
        self.queries.push(Query {
            asker: Asker::Dashboard,
            spot,
            parsed,
        });
    }

    /// Argo Rollouts writes its arguments into the query.
    fn analysis(&mut self, document: &'a Document) {
        let spec = document.value.get("spec").unwrap_or(&Json::Null);
        for (at, metric) in list(spec, "metrics").iter().enumerate() {
            let query = metric.lookup("/provider/prometheus/query");
            if let Some(text) = query.and_then(Json::as_str) {
                let spot = Spot {
                    document,
                    path: format!("spec.metrics[{at}].provider.prometheus.query"),
                    below: 0,
                };
                self.add(Asker::Analysis, spot, &with_arguments(text));
            }
        }
    }

    /// Which series prometheus-adapter looks for, and what it asks of them.
    fn adapter(&mut self, source: &Source<'a>) {
        for (at, rule) in list(source.value(), "rules").iter().enumerate() {
            let said = |key: &str| rule.get(key).and_then(Json::as_str).unwrap_or_default();
            let series = said("seriesQuery");
            if !series.is_empty() {
                let spot = source.spot(&format!("rules[{at}].seriesQuery"));
                self.add(Asker::Autoscaler, spot, series);
            }
            let name = series.split('{').next().unwrap_or_default();
            let query = said("metricsQuery")
                .replace("<<.Series>>", if name.is_empty() { "x" } else { name })
                .replace("<<.LabelMatchers>>", "namespace=\"x\"")
                .replace("<<.GroupBy>>", "namespace");
            // What else the adapter's templates can do is not known here.
            if !query.is_empty() && !query.contains("<<") {
                let spot = source.spot(&format!("rules[{at}].metricsQuery"));
                self.add(Asker::Autoscaler, spot, &query);
            }
        }
    }

    /// The triggers of KEDA.
    fn triggers(&mut self, document: &'a Document) {
        let spec = document.value.get("spec").unwrap_or(&Json::Null);
        for (at, trigger) in list(spec, "triggers").iter().enumerate() {
            let is_prometheus = trigger.get("type").and_then(Json::as_str) == Some("prometheus");
            let query = trigger.lookup("/metadata/query").and_then(Json::as_str);
            if let (true, Some(text)) = (is_prometheus, query) {
                let spot = Spot {
                    document,
                    path: format!("spec.triggers[{at}].metadata.query"),
                    below: 0,
                };
                self.add(Asker::Autoscaler, spot, text);
            }
        }
    }
}

/// The query with a number in place of each `{{args.name}}`, which fits into a label, a number and a duration alike.
fn with_arguments(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        whole.push_str(before);
        if let Some((_, behind)) = after.split_once("}}") {
            whole.push('1');
            rest = behind;
        } else {
            whole.push_str("{{");
            rest = after;
        }
    }
    whole.push_str(rest);
    whole
}
