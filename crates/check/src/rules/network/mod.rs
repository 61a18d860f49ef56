//! Can the packets flow?

mod blocked_calls;
mod calico_policies;
mod contradicted_rules;
mod cut_off_backends;
mod dns_egress;
mod exposed_services;
mod isolation;
mod policies;
mod policy_namespaces;
mod policy_pods;
mod policy_ports;
mod two_peers;
mod undeclared_paths;
mod widening_rules;

use crate::rule::Rule;

/// The rules of this area, by code.
pub(super) static RULES: &[&Rule] = &[
    &policy_pods::RULE,
    &policy_namespaces::RULE,
    &policy_ports::RULE,
    &blocked_calls::RULE,
    &dns_egress::RULE,
    &cut_off_backends::RULE,
    &isolation::RULE,
    &undeclared_paths::RULE,
    &exposed_services::RULE,
    &two_peers::RULE,
    &widening_rules::RULE,
    &calico_policies::RULE,
    &contradicted_rules::RULE,
];
