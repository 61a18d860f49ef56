//! Backups by Velero: where to, what, when, and for how long.

mod left_out;
mod provider;

use api::velero_io::v1 as velero;
use environment::{Backup, Environment};
use manifest::Manifest;
use names::{ApplicationName, NamespaceName, ObjectName, name};

pub(crate) use left_out::left_out;

use crate::component::Component;
use crate::wave;

/// Where Velero runs and reads its objects.
pub(crate) const NAMESPACE: NamespaceName = NamespaceName::from_static("velero");

/// The location that the backups of the cluster in another region are restored from.
pub(crate) const TWIN: ObjectName = ObjectName::from_static("twin");

/// The locations and the daily schedule.
pub(crate) fn velero(environment: &Environment, settings: &Backup) -> Component<()> {
    Component::new(
        &name!(ApplicationName, "backups"),
        &NAMESPACE,
        wave::MONITORING,
        (),
    )
    .with([
        objects(environment, settings),
        snapshots(environment, settings),
        schedule(settings),
    ])
    .with(backups_of_the_twin(environment))
}

/// The bucket that objects are written to.
fn objects(environment: &Environment, settings: &Backup) -> Manifest {
    let location = velero::BackupStorageLocation {
        spec: Some(velero::BackupStorageLocationSpec {
            provider: provider::name(environment).to_owned(),
            default: Some(true),
            object_storage: velero::BackupStorageLocationObjectStorage {
                bucket: settings.bucket.value.to_string(),
                ..Default::default()
            },
            config: Some(provider::storage(environment, settings)),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::namespaced(&NAMESPACE, &settings.location, location)
}

/// The bucket of the cluster in another region, to restore from what it has backed up; nothing is ever written there.
fn backups_of_the_twin(environment: &Environment) -> Option<Manifest> {
    let twin = environment.twin.as_ref()?;
    let location = velero::BackupStorageLocation {
        spec: Some(velero::BackupStorageLocationSpec {
            provider: provider::name(environment).to_owned(),
            access_mode: Some(velero::BackupStorageLocationAccessMode::ReadOnly),
            object_storage: velero::BackupStorageLocationObjectStorage {
                bucket: twin.backups.as_ref()?.value.to_string(),
                ..Default::default()
            },
            config: Some(provider::storage_of_the_twin(environment, twin)?),
            ..Default::default()
        }),
        ..Default::default()
    };
    Some(Manifest::namespaced(&NAMESPACE, TWIN, location))
}

/// The region that snapshots of volumes are kept in.
fn snapshots(environment: &Environment, settings: &Backup) -> Manifest {
    let location = velero::VolumeSnapshotLocation {
        spec: Some(velero::VolumeSnapshotLocationSpec {
            provider: provider::name(environment).to_owned(),
            config: Some(provider::snapshots(environment)),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::namespaced(&NAMESPACE, &settings.snapshots, location)
}

/// A Backup runs once; what repeats is a Schedule.
fn schedule(settings: &Backup) -> Manifest {
    let schedule = velero::Schedule {
        spec: Some(velero::ScheduleSpec {
            schedule: settings.schedule.to_string(),
            template: velero::ScheduleTemplate {
                included_namespaces: Some(
                    settings
                        .namespaces
                        .iter()
                        .map(|name| name.value.to_string())
                        .collect(),
                ),
                storage_location: Some(settings.location.to_string()),
                volume_snapshot_locations: Some(vec![settings.snapshots.to_string()]),
                snapshot_volumes: Some(true),
                ttl: Some(settings.keep.kubernetes()),
                ..Default::default()
            },
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::namespaced(&NAMESPACE, name!(ObjectName, "daily-backup"), schedule)
}
