//! Is it applied as it is meant to be?

mod application_targets;
pub(crate) mod idle_exception;
mod rollout_analyses;
mod rollout_routes;
mod rollout_services;
mod rollouts;

use crate::rule::Rule;

/// The rules of this area, by code.
pub(super) static RULES: &[&Rule] = &[
    &idle_exception::RULE,
    &rollout_services::RULE,
    &rollout_routes::RULE,
    &rollout_analyses::RULE,
    &application_targets::RULE,
];
