//! The chapter of the database: promotion, restores, connections.

use serde::Serialize;

use crate::templates::template;

/// Backups of the database, and what restores them.
#[derive(Clone, Debug, Serialize)]
pub struct DatabaseArchive {
    /// The job that makes base backups.
    pub backup: String,
    /// The job that restores, once somebody starts it.
    pub restore: String,
    /// The `ConfigMap` that says to which point in time.
    pub settings: String,
    /// The primary of a cluster that is held.
    pub nobody: &'static str,
    /// The job that tries a restore.
    pub test: String,
    /// When it does.
    pub test_schedule: String,
    /// How long backups are kept.
    pub keep: String,
}

/// The replicated database.
#[derive(Clone, Debug, Serialize)]
pub struct Database {
    /// Its namespace.
    pub namespace: String,
    /// Its `StatefulSet`.
    pub stateful_set: String,
    /// The label `app` of its pods.
    pub app: String,
    /// The `ConfigMap` that names the primary.
    pub topology: String,
    /// Its pods.
    pub members: Vec<String>,
    /// Whether there is more than one.
    pub several: bool,
    /// The service of the primary.
    pub read_write: String,
    /// Backups, where they are made.
    pub archive: Option<DatabaseArchive>,
    /// The cluster whose database this one follows.
    pub follows: Option<String>,
    /// Whom a database that stands for itself follows.
    pub nobody: &'static str,
    /// What stands before it.
    pub pooler: Option<String>,
    /// The label `app` of its pods.
    pub pooler_app: Option<String>,
}

template!(Database, "runbook/database.md");
