//! The runbook of an environment, with the names of the objects that were made for it.

mod database;
mod failover;
mod index;
mod maintenance;
mod overview;
mod restore;
mod services;
mod tenancy;

use configs::runbook::{Alerts, Runbook, Troubleshooting};
use environment::Environment;
use manifest::Application;
use names::ApplicationName;

use crate::observability;
use index::Index;

/// The runbook for the `applications` of `environment`, whose file is `environments/<name>.yaml`, as Markdown.
///
/// What is named in it is looked up among the applications, so that it is there; `root` is the Application of Argo CD
/// that applies all others.
pub fn runbook(
    name: &str,
    environment: &Environment,
    applications: &[Application],
    root: &ApplicationName,
) -> String {
    let index = Index::of(applications);
    let page = Page {
        name,
        environment,
        index: &index,
        root,
    };
    Runbook::new()
        .chapter(Some(&overview::overview(&page)))
        .chapter(Some(&maintenance::maintenance(&page)))
        .chapter(services::services(&page).as_ref())
        .chapter(failover::failover(&page).as_ref())
        .chapter(Some(&restore::restore(&page)))
        .chapter(database::database(&page).as_ref())
        .chapter(tenancy::checkpoints(&page).as_ref())
        .chapter(tenancy::coordination(&page).as_ref())
        .chapter(tenancy::tenants(&page).as_ref())
        .chapter(Some(&Troubleshooting {}))
        .chapter(Some(&Alerts::of(&observability::rule_files(environment))))
        .to_text()
}

/// What a chapter is made from.
struct Page<'a> {
    /// The name of the environment file.
    name: &'a str,
    environment: &'a Environment,
    index: &'a Index<'a>,
    root: &'a ApplicationName,
}
