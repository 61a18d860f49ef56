//! Do the alerts watch what there is?

mod alert_routes;
mod compared_counters;
mod comparisons;
mod dashboard_files;
mod dashboard_panels;
mod dashboard_sources;
mod discovered_ports;
mod discovery_rights;
mod duplicates;
mod lost_labels;
mod metric_names;
mod notifications;
mod queries;
mod rate_windows;
mod rates;
mod recorded_series;
mod routed_alerts;
mod rule_files;
mod scrape_config;
mod static_targets;
mod template_labels;
mod templates;

use crate::rule::Rule;

/// The rules of this area, by code.
pub(super) static RULES: &[&Rule] = &[
    &rule_files::RULE,
    &queries::RULE,
    &templates::RULE,
    &template_labels::RULE,
    &comparisons::RULE,
    &rate_windows::RULE,
    &rates::RULE,
    &duplicates::RULE,
    &recorded_series::RULE,
    &metric_names::RULE,
    &lost_labels::RULE,
    &notifications::RULE,
    &alert_routes::RULE,
    &routed_alerts::RULE,
    &scrape_config::RULE,
    &compared_counters::RULE,
    &dashboard_files::RULE,
    &dashboard_panels::RULE,
    &dashboard_sources::RULE,
    &discovery_rights::RULE,
    &discovered_ports::RULE,
    &static_targets::RULE,
];
