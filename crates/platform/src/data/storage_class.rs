//! Storage classes and the snapshot class of the provider's CSI driver, with a handle to each.

mod disks;

use std::collections::BTreeMap;

use api::snapshot_storage_k8s_io::v1::{VolumeSnapshotClass, VolumeSnapshotClassDeletionPolicy};
use builders::StorageClassRef;
use environment::{Environment, ReclaimPolicy, StorageClass as Settings};
use k8s_openapi::api::storage::v1::StorageClass;
use manifest::{Manifest, SyncOption};
use names::{
    ApplicationName, NamespaceName, ObjectName, StorageClassName, annotation_key, label_key,
    label_value, name,
};

use crate::component::Component;
use crate::{provider, wave};

/// The handles of the storage classes.
#[derive(Clone, Debug)]
pub(crate) struct StorageClasses(BTreeMap<StorageClassName, StorageClassRef>);

impl StorageClasses {
    /// The class of this name, which exists since the environment was checked.
    pub(crate) fn get(&self, name: &StorageClassName) -> StorageClassRef {
        self.0.get(name).cloned().unwrap_or_else(|| {
            StorageClassRef::declared(name, "the environment's rules hold every name to a class")
        })
    }
}

/// The storage classes of the environment.
pub(crate) fn storage_classes(environment: &Environment) -> Component<StorageClasses> {
    let storage = &environment.storage;
    let handles = storage
        .classes
        .keys()
        .map(|name| {
            (
                name.clone(),
                StorageClassRef::declared(name, "made by this component"),
            )
        })
        .collect();
    let manifests = storage
        .classes
        .iter()
        .map(|(name, settings)| storage_class(environment, name, settings));
    Component::new(
        &name!(ApplicationName, "storage"),
        &name!(NamespaceName, "kube-system"),
        wave::FOUNDATION,
        StorageClasses(handles),
    )
    .with(manifests)
    .with(snapshot_class(environment))
}

/// Volumes are bound where their first pod runs, because a disk belongs to one zone.
fn storage_class(
    environment: &Environment,
    name: &StorageClassName,
    settings: &Settings,
) -> Manifest {
    let reclaim = match settings.reclaim {
        ReclaimPolicy::Retain => "Retain",
        ReclaimPolicy::Delete => "Delete",
    };
    let class = StorageClass {
        provisioner: disks::driver(environment).to_owned(),
        parameters: Some(disks::parameters(environment, settings)),
        reclaim_policy: Some(reclaim.to_owned()),
        volume_binding_mode: Some("WaitForFirstConsumer".to_owned()),
        allow_volume_expansion: Some(true),
        ..Default::default()
    };
    // The API server lets nobody change a class, and providers bring classes of these names: it is made anew, which no
    // volume notices.
    let manifest = Manifest::cluster(name, class).sync_option(SyncOption::ForceReplace);
    if environment.storage.default.value == *name {
        manifest.annotate(
            annotation_key!("storageclass.kubernetes.io/is-default-class"),
            "true",
        )
    } else {
        manifest
    }
}

/// The class of snapshots, where the cluster has their kinds: Velero takes it by its label, and what it has made goes
/// with the backup that it belongs to.
fn snapshot_class(environment: &Environment) -> Option<Manifest> {
    let class = VolumeSnapshotClass {
        driver: disks::driver(environment).to_owned(),
        deletion_policy: VolumeSnapshotClassDeletionPolicy::Delete,
        parameters: disks::snapshot_parameters(environment),
        ..Default::default()
    };
    provider::has_snapshots(environment).then(|| {
        Manifest::cluster(name!(ObjectName, "volume-snapshots"), class).label(
            label_key!("velero.io/csi-volumesnapshot-class"),
            label_value!("true"),
        )
    })
}
