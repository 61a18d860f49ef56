//! Are the data safe?

mod backup_coverage;
mod backup_hooks;
mod backup_life;
mod backup_locations;
mod backup_namespaces;
mod backup_selection;
mod backups;
mod claim_list;
mod claim_modes;
mod claim_retention;
mod class_choices;
mod fluent_bit;
mod fluent_bit_yaml;
mod fluentd;
mod lone_databases;
pub(crate) mod pipeline_hosts;
mod pipeline_routes;
mod pipeline_syntax;
mod pipelines;
mod restores;
mod rolled_claims;
mod schedules;
mod shared_claims;
mod snapshots;

use crate::rule::Rule;

/// The rules of this area, by code.
pub(super) static RULES: &[&Rule] = &[
    &backup_namespaces::RULE,
    &backup_locations::RULE,
    &schedules::RULE,
    &backup_life::RULE,
    &backup_selection::RULE,
    &backup_hooks::RULE,
    &backup_coverage::RULE,
    &claim_modes::RULE,
    &shared_claims::RULE,
    &rolled_claims::RULE,
    &class_choices::RULE,
    &claim_retention::RULE,
    &snapshots::RULE,
    &restores::RULE,
    &pipeline_syntax::RULE,
    &pipeline_routes::RULE,
    &pipeline_hosts::RULE,
    &lone_databases::RULE,
];
