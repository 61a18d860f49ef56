//! Backups by Velero: where to, what, when, and for how long.

use api::velero_io::v1 as velero;
use environment::{Backup, Environment, Provider};
use manifest::Manifest;
use names::{ApplicationName, NamespaceName, ObjectName, name};

use crate::component::Component;
use crate::wave;

/// Where Velero runs and reads its objects.
pub(crate) const NAMESPACE: NamespaceName = NamespaceName::from_static("velero");

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
}

fn region(environment: &Environment) -> String {
    let Provider::Eks(eks) = &environment.cluster.provider;
    eks.region.value.clone()
}

/// The bucket that objects are written to.
fn objects(environment: &Environment, settings: &Backup) -> Manifest {
    let location = velero::BackupStorageLocation {
        spec: Some(velero::BackupStorageLocationSpec {
            provider: "aws".to_owned(),
            default: Some(true),
            object_storage: velero::BackupStorageLocationObjectStorage {
                bucket: settings.bucket.to_string(),
                ..Default::default()
            },
            config: Some([("region".to_owned(), region(environment))].into()),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::namespaced(&NAMESPACE, &settings.location, location)
}

/// The region that snapshots of volumes are kept in.
fn snapshots(environment: &Environment, settings: &Backup) -> Manifest {
    let location = velero::VolumeSnapshotLocation {
        spec: Some(velero::VolumeSnapshotLocationSpec {
            provider: "aws".to_owned(),
            config: Some([("region".to_owned(), region(environment))].into()),
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
