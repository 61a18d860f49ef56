//! Promoting and restoring the database.

use configs::postgres::Scripts;
use configs::runbook::{Database, DatabaseArchive};
use environment::Postgres;
use k8s_openapi::api::apps::v1::{Deployment, StatefulSet};

use super::Page;
use super::index::{label, namespace};
use crate::data::database_names as names;

/// The chapter, where the environment has a database.
pub(super) fn database(page: &Page<'_>) -> Option<Database> {
    let settings = page.environment.postgres.as_ref()?;
    let servers = page.index.in_application::<StatefulSet>("postgres")?;
    let pooler = page.index.in_application::<Deployment>("postgres");
    let name = &servers.id().name;
    let follows = settings
        .follows
        .as_ref()
        .and(page.environment.twin.as_ref());
    Some(Database {
        namespace: namespace(servers),
        stateful_set: name.clone(),
        app: label(servers, "app"),
        topology: names::TOPOLOGY.to_string(),
        members: (0..settings.instances)
            .map(|ordinal| format!("{name}-{ordinal}"))
            .collect(),
        several: settings.instances > 1,
        read_write: names::READ_WRITE.to_string(),
        archive: archive(settings),
        follows: follows.map(|twin| twin.cluster.to_string()),
        nobody: Scripts::NOBODY,
        pooler: pooler.map(|pooler| pooler.id().name.clone()),
        pooler_app: pooler.map(|pooler| label(pooler, "app")),
    })
}

fn archive(settings: &Postgres) -> Option<DatabaseArchive> {
    let archive = settings.archive.as_ref()?;
    Some(DatabaseArchive {
        backup: names::BACKUP.to_string(),
        restore: names::RESTORE.to_string(),
        settings: names::RESTORE_TIME.to_string(),
        nobody: Scripts::NOBODY,
        test: names::RESTORE_TEST.to_string(),
        test_schedule: archive.test.to_string(),
        keep: archive.keep.to_string(),
    })
}
