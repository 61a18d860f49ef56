//! Does the mesh route as it is meant to?

mod destination_hosts;
mod destination_ports;
mod gateway_hosts;
mod gateways;
pub(crate) mod hosts;
mod policy_selectors;
mod principals;
mod routes;
mod rule_hosts;
mod subset_labels;
mod subsets;

use crate::rule::Rule;

/// The rules of this area, by code.
pub(super) static RULES: &[&Rule] = &[
    &destination_hosts::RULE,
    &destination_ports::RULE,
    &subsets::RULE,
    &gateways::RULE,
    &rule_hosts::RULE,
    &subset_labels::RULE,
    &policy_selectors::RULE,
    &gateway_hosts::RULE,
    &principals::RULE,
];
