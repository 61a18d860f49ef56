//! The runbook of an environment: Markdown whose every name and command is that environment's.
//!
//! A chapter is a context with its template in `templates/runbook`; a chapter whose systems an environment does not run
//! is left out.

mod alerts;
mod chapters;
mod database;
mod tenancy;

use std::fmt::Write;

pub use alerts::Alerts;
pub use chapters::{
    Backup, Budget, Cluster, Delivery, Escalation, Failover, Limit, Maintenance, Overview, Pool,
    Response, Restore, Service, Services, Severity, Strategy, Troubleshooting, Twin, Wave,
};
pub use database::{Database, DatabaseArchive};
pub use tenancy::{Breaker, Checkpoints, Coordination, Tenants, Tier, TierTest};

use crate::templates::{Template, render};

/// The chapters in the order in which they are printed.
#[derive(Clone, Debug, Default)]
pub struct Runbook {
    text: String,
}

impl Runbook {
    /// A runbook without chapters.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a chapter, where there is one.
    ///
    /// A template that does not fit its context leaves a line that says so: the tests of this crate render every
    /// template with every branch of it.
    pub fn chapter<T: Template>(mut self, chapter: Option<&T>) -> Self {
        match chapter.map(render) {
            None => {}
            Some(Ok(text)) => self.text.push_str(&text),
            Some(Err(error)) => {
                let _ = writeln!(self.text, "\n> {error}: {}", error.source);
            }
        }
        self
    }

    /// The file.
    pub fn to_text(&self) -> String {
        self.text.clone()
    }
}
