//! Do the alerts watch what there is?

mod alert_routes;
mod comparisons;
mod duplicates;
mod lost_labels;
mod notifications;
mod queries;
mod rate_windows;
mod recorded_series;
mod routed_alerts;
mod rule_files;
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
    &duplicates::RULE,
    &recorded_series::RULE,
    &lost_labels::RULE,
    &notifications::RULE,
    &alert_routes::RULE,
    &routed_alerts::RULE,
];
