//! Are the data safe?

mod backup_locations;
mod backup_namespaces;
mod backups;
mod schedules;

use crate::rule::Rule;

/// The rules of this area, by code.
pub(super) static RULES: &[&Rule] = &[
    &backup_namespaces::RULE,
    &backup_locations::RULE,
    &schedules::RULE,
];
