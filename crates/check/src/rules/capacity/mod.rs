//! Does it fit into its quotas and onto its nodes?

mod autoscaling_requests;
mod limit_ranges;
mod no_node;
mod placement_maximum;
mod placement_minimum;
mod placing;
mod quota_demands;
mod quota_maximum;
mod quota_minimum;
mod quota_own_maximum;
mod quota_rollout;
mod spread;
mod spread_selects;
mod wording;
mod zone_lost;

use crate::rule::Rule;

/// The rules of this area, by code.
pub(super) static RULES: &[&Rule] = &[
    &quota_minimum::RULE,
    &quota_own_maximum::RULE,
    &quota_maximum::RULE,
    &quota_rollout::RULE,
    &quota_demands::RULE,
    &autoscaling_requests::RULE,
    &limit_ranges::RULE,
    &no_node::RULE,
    &placement_minimum::RULE,
    &placement_maximum::RULE,
    &zone_lost::RULE,
    &spread::RULE,
    &spread_selects::RULE,
];
