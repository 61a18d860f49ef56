//! All rules, one file each, by area.

pub(crate) mod api;
pub(crate) mod delivery;
mod mesh;
mod network;
mod refs;
mod storage;
mod workload;

use crate::rule::Rule;

/// All rules, by area and code.
pub fn rules() -> Vec<&'static Rule> {
    [
        api::RULES,
        refs::RULES,
        workload::RULES,
        network::RULES,
        mesh::RULES,
        storage::RULES,
        delivery::RULES,
    ]
    .concat()
}
