//! What watches the objects: rules, queries, dashboards, and the configuration of Prometheus and Alertmanager.

mod alertmanager;
mod dashboard;
mod inventory;
mod labels;
mod queries;
mod rule_file;
mod scrape;
mod source;
mod template;

pub(crate) use self::alertmanager::{Alertmanager, Route, RouteMatcher, inhibition};
pub(crate) use self::dashboard::Dashboard;
pub(crate) use self::inventory::{Inventory, Kind};
pub(crate) use self::labels::{Labels, label_sets};
pub(crate) use self::queries::{Asker, Query};
pub(crate) use self::rule_file::{AlertingOrRecording, Rule, RuleFile};
pub(crate) use self::scrape::Prometheus;
pub(crate) use self::source::{Source, Spot};
pub(crate) use self::template::{Dialect, Template};

use crate::document::Document;
use crate::promql::Features;
use crate::read::Unreadable;

/// Everything that watches the objects.
#[derive(Default)]
pub(crate) struct Monitoring<'a> {
    pub(crate) prometheus: Vec<Prometheus<'a>>,
    pub(crate) alertmanagers: Vec<Alertmanager<'a>>,
    pub(crate) rule_files: Vec<RuleFile<'a>>,
    pub(crate) dashboards: Vec<Dashboard<'a>>,
    /// The files that give Grafana its data sources.
    pub(crate) data_sources: Vec<Source<'a>>,
    /// What hands metrics to autoscalers.
    adapters: Vec<Source<'a>>,
    pub(crate) queries: Vec<Query<'a>>,
    /// Files that were meant for one of these and cannot be read.
    pub(crate) unreadable: Vec<(Spot<'a>, Unreadable)>,
}

impl<'a> Monitoring<'a> {
    /// What these objects hold.
    pub(crate) fn of(documents: &'a [Document]) -> Self {
        let mut monitoring = Self::default();
        for document in documents {
            match (document.id.group(), document.id.kind.as_ref()) {
                ("", "ConfigMap") => monitoring.config_map(document),
                ("monitoring.coreos.com", "PrometheusRule") => {
                    let source = Source::of_object(document, "spec");
                    monitoring.rule_files.push(RuleFile::of(source, true));
                }
                _ => {}
            }
        }
        monitoring.queries = queries::of(documents, &monitoring);
        monitoring
    }

    /// The files of a `ConfigMap`, told apart by what only they hold.
    fn config_map(&mut self, document: &'a Document) {
        let data = document.value.get("data").and_then(|data| data.as_object());
        for (key, value) in data.into_iter().flatten() {
            let Some(text) = value.as_str() else { continue };
            let Some(kind) = FileKind::of(text) else {
                continue;
            };
            let source = match Source::embedded(document, &format!("data[{key}]"), text) {
                Ok(source) => source,
                Err((spot, fault)) => {
                    self.unreadable.push((spot, fault));
                    continue;
                }
            };
            match kind {
                FileKind::Rules => {
                    if RuleFile::is_one(source.value()) {
                        self.rule_files.push(RuleFile::of(source, false));
                    }
                }
                FileKind::Prometheus => {
                    if source.value().get("scrape_configs").is_some() {
                        self.prometheus.push(Prometheus::of(source));
                    }
                }
                FileKind::Alertmanager => {
                    if Alertmanager::is_one(source.value()) {
                        self.alertmanagers.push(Alertmanager::of(source));
                    }
                }
                FileKind::Adapter => self.adapters.push(source),
                FileKind::Dashboard => {
                    self.dashboards.extend(Dashboard::of(source));
                }
                FileKind::DataSources => self.data_sources.push(source),
            }
        }
    }

    /// What Prometheus' flags admit. Where none is among the objects, all of it: whoever runs it is not known.
    pub(crate) fn features(documents: &[Document]) -> Features {
        scrape::features(documents)
    }
}

/// What a file may be.
#[derive(Clone, Copy)]
enum FileKind {
    Rules,
    Prometheus,
    Alertmanager,
    Dashboard,
    DataSources,
    Adapter,
}

impl FileKind {
    /// A guess that costs no parsing.
    fn of(text: &str) -> Option<Self> {
        let has_line = |key: &str| text.lines().any(|line| line.starts_with(key));
        if text.trim_start().starts_with('{') {
            return text.contains("\"panels\"").then_some(Self::Dashboard);
        }
        if text.contains("seriesQuery:") && text.contains("metricsQuery:") {
            Some(Self::Adapter)
        } else if has_line("datasources:") && has_line("apiVersion:") {
            Some(Self::DataSources)
        } else if has_line("scrape_configs:") {
            Some(Self::Prometheus)
        } else if has_line("route:") && has_line("receivers:") {
            Some(Self::Alertmanager)
        } else if has_line("groups:") && (text.contains("alert:") || text.contains("record:")) {
            Some(Self::Rules)
        } else {
            None
        }
    }
}
