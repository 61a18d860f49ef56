//! The rules that hold between values: what each value says is right, and together they must make sense.

mod access;
mod addons;
mod cache;
mod capacity;
mod cloud;
mod coordinator;
mod ingress;
mod kubelet;
mod logging;
mod machines;
mod mesh;
mod monitoring;
mod network;
mod nodes;
mod policy;
mod pools;
mod postgres;
mod provisioning;
mod rollouts;
mod services;
mod storage;
mod tenants;
mod twin;

use super::Environment;
use crate::Diagnostics;

pub use machines::{Machine, machines_of};

/// Finds every contradiction between the values of `environment`.
pub(crate) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    network::check(environment, diagnostics);
    addons::check(environment, diagnostics);
    nodes::check(environment, diagnostics);
    kubelet::check(environment, diagnostics);
    pools::check(environment, diagnostics);
    provisioning::check(environment, diagnostics);
    cloud::check(environment, diagnostics);
    twin::check(environment, diagnostics);
    rollouts::check(environment, diagnostics);
    mesh::check(environment, diagnostics);
    services::check(environment, diagnostics);
    ingress::check(environment, diagnostics);
    access::check(environment, diagnostics);
    capacity::check(environment, diagnostics);
    storage::check(environment, diagnostics);
    postgres::check(environment, diagnostics);
    cache::check(environment, diagnostics);
    policy::check(environment, diagnostics);
    logging::check(environment, diagnostics);
    tenants::check(environment, diagnostics);
    coordinator::check(environment, diagnostics);
    monitoring::check(environment, diagnostics);
}
