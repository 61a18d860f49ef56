//! Storage classes of the provider's CSI driver, with a handle to each.

use std::collections::BTreeMap;

use builders::StorageClassRef;
use environment::{Environment, ReclaimPolicy, StorageClass as Settings, VolumeType};
use k8s_openapi::api::storage::v1::StorageClass;
use manifest::Manifest;
use names::{ApplicationName, NamespaceName, StorageClassName, annotation_key, name};

use crate::component::Component;
use crate::wave;

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
        .map(|(name, settings)| storage_class(name, settings, storage.default.value == *name));
    Component::new(
        &name!(ApplicationName, "storage"),
        &name!(NamespaceName, "kube-system"),
        wave::FOUNDATION,
        StorageClasses(handles),
    )
    .with(manifests)
}

/// Volumes are bound where their first pod runs, because a disk belongs to one zone.
fn storage_class(name: &StorageClassName, settings: &Settings, default: bool) -> Manifest {
    let kind = match settings.r#type {
        VolumeType::Gp3 => "gp3",
        VolumeType::Io2 => "io2",
        VolumeType::St1 => "st1",
    };
    let mut parameters: BTreeMap<String, String> = [("type", kind), ("encrypted", "true")]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into();
    parameters.extend(
        settings
            .iops
            .as_ref()
            .map(|iops| ("iops".to_owned(), iops.value.to_string())),
    );
    parameters.extend(
        settings
            .throughput
            .as_ref()
            .map(|rate| ("throughput".to_owned(), rate.value.to_string())),
    );
    let reclaim = match settings.reclaim {
        ReclaimPolicy::Retain => "Retain",
        ReclaimPolicy::Delete => "Delete",
    };
    let class = StorageClass {
        provisioner: "ebs.csi.aws.com".to_owned(),
        parameters: Some(parameters),
        reclaim_policy: Some(reclaim.to_owned()),
        volume_binding_mode: Some("WaitForFirstConsumer".to_owned()),
        allow_volume_expansion: Some(true),
        ..Default::default()
    };
    let manifest = Manifest::cluster(name, class);
    if default {
        manifest.annotate(
            annotation_key!("storageclass.kubernetes.io/is-default-class"),
            "true",
        )
    } else {
        manifest
    }
}
