//! Can the packets flow?

mod dns_egress;
mod policies;
mod policy_namespaces;
mod policy_pods;
mod policy_ports;

use crate::rule::Rule;

/// The rules of this area, by code.
pub(super) static RULES: &[&Rule] = &[
    &policy_pods::RULE,
    &policy_namespaces::RULE,
    &policy_ports::RULE,
    &dns_egress::RULE,
];
