//! Does the workload run as it is meant to?

mod autoscalers_apart;
pub(crate) mod autoscaling;
mod image_tags;
mod probe_ports;
mod scaled_by_rollout;
mod scaled_replicas;
mod selector_labels;
mod stateful_service;

use crate::rule::Rule;

/// The rules of this area, by code.
pub(super) static RULES: &[&Rule] = &[
    &selector_labels::RULE,
    &probe_ports::RULE,
    &scaled_by_rollout::RULE,
    &scaled_replicas::RULE,
    &autoscalers_apart::RULE,
    &stateful_service::RULE,
    &image_tags::RULE,
];
