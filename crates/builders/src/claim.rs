//! Claims: the volume that each pod of a StatefulSet gets for itself, and one that outlives the runs of a job.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use manifest::Manifest;
use names::{Bytes, ClaimName, VolumeName};

use crate::{Identity, StorageClassRef, Volume};

/// A claim of one volume per pod.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimTemplate {
    name: VolumeName,
    claim: core::PersistentVolumeClaim,
}

impl ClaimTemplate {
    /// A volume of `size` for one node at a time.
    ///
    /// Only the selector's labels go onto it, because a claim template never changes; `volumeMode` is written out,
    /// since a server's default in its place would show as a difference for ever.
    pub fn new(
        identity: &Identity,
        name: &VolumeName,
        class: &StorageClassRef,
        size: Bytes,
    ) -> Self {
        let claim = core::PersistentVolumeClaim {
            metadata: ObjectMeta {
                name: Some(name.to_string()),
                labels: Some(identity.selector().clone()),
                ..Default::default()
            },
            spec: Some(one_node(class, size)),
            ..Default::default()
        };
        Self {
            name: name.clone(),
            claim,
        }
    }

    /// The volume for containers to mount.
    pub fn volume(&self) -> Volume {
        Volume::claimed(&self.name)
    }

    pub(crate) fn into_claim(self) -> core::PersistentVolumeClaim {
        self.claim
    }
}

/// One volume beside a workload whose pods come and go, such as the runs of a `CronJob`; one node at a time has it.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Claim {
    identity: Identity,
    name: ClaimName,
    spec: core::PersistentVolumeClaimSpec,
}

impl Claim {
    /// A volume of `size` for one node at a time.
    pub fn new(
        identity: &Identity,
        name: &ClaimName,
        class: &StorageClassRef,
        size: Bytes,
    ) -> Self {
        Self {
            identity: identity.clone(),
            name: name.clone(),
            spec: one_node(class, size),
        }
    }

    /// The volume for containers to mount.
    pub fn volume(&self, name: &VolumeName) -> Volume {
        Volume::persistent(name, &self.name)
    }

    /// The manifest.
    #[track_caller]
    pub fn manifest(self) -> Manifest {
        let claim = core::PersistentVolumeClaim {
            metadata: self.identity.metadata(),
            spec: Some(self.spec),
            ..Default::default()
        };
        Manifest::namespaced(self.identity.namespace(), self.name, claim)
    }
}

fn one_node(class: &StorageClassRef, size: Bytes) -> core::PersistentVolumeClaimSpec {
    core::PersistentVolumeClaimSpec {
        access_modes: Some(vec!["ReadWriteOnce".to_owned()]),
        storage_class_name: Some(class.name().to_string()),
        volume_mode: Some("Filesystem".to_owned()),
        resources: Some(core::VolumeResourceRequirements {
            requests: Some(BTreeMap::from([(
                "storage".to_owned(),
                Quantity(size.to_string()),
            )])),
            ..Default::default()
        }),
        ..Default::default()
    }
}
