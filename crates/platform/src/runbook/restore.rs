//! Restoring namespaces, and the cluster's state.

use api::velero_io::v1::Schedule;
use configs::runbook::{Backup, Restore};

use super::Page;
use super::index::namespace;

pub(super) fn restore(page: &Page<'_>) -> Restore {
    Restore {
        environment: page.name.to_owned(),
        cluster_application: "cluster".to_owned(),
        backup: backup(page),
    }
}

fn backup(page: &Page<'_>) -> Option<Backup> {
    let (manifest, schedule) = page.index.of_type::<Schedule>().into_iter().next()?;
    let spec = schedule.spec.as_ref()?;
    let settings = page.environment.backup.as_ref()?;
    let namespaces = spec
        .template
        .included_namespaces
        .clone()
        .unwrap_or_default();
    Some(Backup {
        namespace: namespace(manifest),
        schedule: manifest.id().name.clone(),
        cron: spec.schedule.clone(),
        namespaces: namespaces.join(", "),
        keep: settings.keep.to_string(),
        location: spec.template.storage_location.clone()?,
    })
}
