//! Does what is referred to exist?

mod aggregations;
pub(crate) mod claims;
mod classes;
mod data_keys;
mod data_objects;
pub(crate) mod data_references;
mod disruption_budgets;
mod ingress_backends;
mod monitors;
mod role_references;
mod role_subjects;
mod route_backends;
mod route_parents;
mod scale_targets;
mod service_account;
pub(crate) mod service_pods;
mod service_ports;

use crate::rule::Rule;

/// The rules of this area, by code.
pub(super) static RULES: &[&Rule] = &[
    &service_pods::RULE,
    &service_ports::RULE,
    &data_objects::RULE,
    &data_keys::RULE,
    &service_account::RULE,
    &claims::RULE,
    &classes::RULE,
    &role_references::RULE,
    &role_subjects::RULE,
    &scale_targets::RULE,
    &disruption_budgets::RULE,
    &ingress_backends::RULE,
    &aggregations::RULE,
    &monitors::RULE,
    &route_parents::RULE,
    &route_backends::RULE,
];
