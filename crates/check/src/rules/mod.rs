//! All rules, one file each, by area.

pub(crate) mod api;
pub(crate) mod delivery;

use crate::rule::Rule;

/// All rules, by area and code.
pub fn rules() -> Vec<&'static Rule> {
    [api::RULES, delivery::RULES].concat()
}
