//! The rules that hold between values: what each value says is right, and together they must make sense.

mod access;
mod capacity;
mod machines;
mod network;
mod nodes;
mod rollouts;
mod services;
mod storage;

use super::Environment;
use crate::Diagnostics;

/// Finds every contradiction between the values of `environment`.
pub(crate) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    network::check(environment, diagnostics);
    nodes::check(environment, diagnostics);
    rollouts::check(&environment.rollouts, diagnostics);
    services::check(environment, diagnostics);
    access::check(environment, diagnostics);
    capacity::check(environment, diagnostics);
    storage::check(environment, diagnostics);
}
