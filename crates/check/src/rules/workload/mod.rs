//! Does the workload run as it is meant to?

mod autoscaled_minimum;
mod autoscaled_range;
mod autoscalers_apart;
pub(crate) mod autoscaling;
mod blocking_budgets;
pub(crate) mod budgets;
mod budgets_of_scaled;
mod cron_deadlines;
mod default_namespace;
mod equal_probes;
mod finished_jobs;
mod idle_budgets;
mod image_tags;
mod liveness;
mod memory_limits;
mod memory_requests;
mod missing_budgets;
mod mixed_services;
mod naked_pods;
mod noticed_configuration;
mod overlapping_budgets;
mod overlapping_workloads;
mod priority;
mod probe_ports;
mod probe_times;
mod processor_limits;
mod processor_requests;
mod pull_policy;
mod readiness;
mod replicas;
mod resources;
mod rolling_updates;
pub(crate) mod scale;
mod scaled_by_rollout;
mod scaled_replicas;
mod selector_labels;
mod spread;
mod stateful_service;
mod temporary_storage;
mod unhealthy_pods;
mod vertical_evictions;

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
    &processor_requests::RULE,
    &memory_limits::RULE,
    &processor_limits::RULE,
    &temporary_storage::RULE,
    &liveness::RULE,
    &readiness::RULE,
    &equal_probes::RULE,
    &replicas::RULE,
    &autoscaled_minimum::RULE,
    &autoscaled_range::RULE,
    &blocking_budgets::RULE,
    &idle_budgets::RULE,
    &overlapping_budgets::RULE,
    &budgets_of_scaled::RULE,
    &unhealthy_pods::RULE,
    &missing_budgets::RULE,
    &spread::RULE,
    &rolling_updates::RULE,
    &cron_deadlines::RULE,
    &finished_jobs::RULE,
    &overlapping_workloads::RULE,
    &mixed_services::RULE,
    &priority::RULE,
    &vertical_evictions::RULE,
    &pull_policy::RULE,
    &naked_pods::RULE,
    &probe_times::RULE,
    &default_namespace::RULE,
    &memory_requests::RULE,
    &noticed_configuration::RULE,
];
