//! Is it applied as it is meant to be?

mod analysis_arguments;
mod analysis_templates;
mod application_paths;
mod application_sets;
mod application_targets;
mod applications;
mod controller_fields;
mod drifting_fields;
mod generated_names;
mod hooks;
pub(crate) mod idle_exception;
pub(crate) mod idle_value;
mod order;
mod owners;
pub(crate) mod projects;
mod respected_differences;
mod rollout_analyses;
mod rollout_backends;
mod rollout_routes;
mod rollout_services;
mod rollout_steps;
mod rollout_strategy;
mod rollout_weights;
mod rollout_workload;
mod rollouts;
mod scopes;
mod sync_options;
mod unread_objects;
mod waiting_claims;
mod weights_at_rest;

use crate::rule::Rule;

/// The rules of this area, by code.
pub(super) static RULES: &[&Rule] = &[
    &idle_exception::RULE,
    &rollout_services::RULE,
    &rollout_routes::RULE,
    &rollout_analyses::RULE,
    &application_targets::RULE,
    &rollout_strategy::RULE,
    &rollout_steps::RULE,
    &rollout_weights::RULE,
    &analysis_templates::RULE,
    &analysis_arguments::RULE,
    &rollout_workload::RULE,
    &rollout_backends::RULE,
    &application_paths::RULE,
    &projects::RULE,
    &owners::RULE,
    &order::RULE,
    &hooks::RULE,
    &sync_options::RULE,
    &generated_names::RULE,
    &controller_fields::RULE,
    &respected_differences::RULE,
    &drifting_fields::RULE,
    &application_sets::RULE,
    &idle_value::RULE,
    &unread_objects::RULE,
    &weights_at_rest::RULE,
    &waiting_claims::RULE,
];
