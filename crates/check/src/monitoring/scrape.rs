//! Prometheus' configuration: what it scrapes, how often, and with which labels.

use serde_json::Value as Json;

use super::rule_file::{list, text};
use super::source::Source;
use crate::document::Document;
use crate::pointer::Lookup;
use crate::promql::{Features, parse_duration};

/// How often Prometheus scrapes where nothing is said (its documentation of the configuration).
const DEFAULT_INTERVAL: f64 = 60.0;

/// A configuration of Prometheus.
pub(crate) struct Prometheus<'a> {
    pub(crate) source: Source<'a>,
    pub(crate) jobs: Vec<Job>,
    /// Seconds.
    pub(crate) interval: f64,
}

/// Something that is scraped.
pub(crate) struct Job {
    /// `scrape_configs[0]`
    pub(crate) field: String,
    pub(crate) name: String,
    /// Seconds.
    pub(crate) interval: f64,
}

impl<'a> Prometheus<'a> {
    pub(super) fn of(source: Source<'a>) -> Self {
        let global = source.value().lookup("/global/scrape_interval");
        let seconds = |value: Option<&Json>| text(value).and_then(|text| parse_duration(&text));
        let interval = seconds(global).unwrap_or(DEFAULT_INTERVAL);
        let jobs = list(source.value(), "scrape_configs").iter().enumerate();
        let jobs = jobs.map(|(at, job)| Job {
            field: format!("scrape_configs[{at}]"),
            name: text(job.get("job_name")).unwrap_or_default(),
            interval: seconds(job.get("scrape_interval")).unwrap_or(interval),
        });
        Self {
            jobs: jobs.collect(),
            interval,
            source,
        }
    }

    /// The longest time between two scrapes of the same thing.
    pub(crate) fn longest_interval(&self) -> f64 {
        let intervals = self.jobs.iter().map(|job| job.interval);
        intervals.fold(0.0, f64::max)
    }
}

/// What the flags of every Prometheus among the objects admit.
pub(super) fn features(documents: &[Document]) -> Features {
    let mut flags: Vec<&str> = Vec::new();
    let mut is_among = false;
    for document in documents {
        if !matches!(document.id.kind.as_ref(), "StatefulSet" | "Deployment") {
            continue;
        }
        let containers = document.value.lookup("/spec/template/spec/containers");
        for container in containers.and_then(Json::as_array).into_iter().flatten() {
            let arguments = list(container, "args")
                .iter()
                .chain(list(container, "command"));
            let arguments = arguments.filter_map(Json::as_str);
            let image = container.get("image").and_then(Json::as_str);
            is_among |= image.is_some_and(|image| image.contains("/prometheus:"));
            let enabled = arguments.filter_map(|flag| {
                flag.strip_prefix("--enable-feature=")
                    .or_else(|| flag.strip_prefix("-enable-feature="))
            });
            flags.extend(enabled.flat_map(|list| list.split(',')));
        }
    }
    if !is_among {
        return Features::ALL;
    }
    let has = |flag: &str| flags.iter().any(|set| set.trim() == flag);
    Features {
        functions: has("promql-experimental-functions"),
        ranges: has("promql-extended-range-selectors"),
        fills: has("promql-binop-fill-modifiers"),
    }
}
