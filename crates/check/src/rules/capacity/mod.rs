//! Does it fit into its quotas and onto its nodes?

mod autoscaling_requests;
mod limit_ranges;
mod quota_demands;
mod quota_maximum;
mod quota_minimum;
mod quota_own_maximum;
mod quota_rollout;
mod wording;

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
];
