//! All rules, one file each, by area.

pub(crate) mod api;
mod capacity;
pub(crate) mod change;
pub(crate) mod delivery;
pub(crate) mod mesh;
mod metrics;
mod network;
pub(crate) mod refs;
mod security;
mod storage;
pub(crate) mod workload;

use crate::rule::Rule;

/// All rules, by area and code.
pub fn rules() -> Vec<&'static Rule> {
    [
        api::RULES,
        refs::RULES,
        workload::RULES,
        security::RULES,
        network::RULES,
        mesh::RULES,
        storage::RULES,
        capacity::RULES,
        metrics::RULES,
        delivery::RULES,
        change::RULES,
    ]
    .concat()
}
