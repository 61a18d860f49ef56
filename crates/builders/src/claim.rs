//! Claim templates: the volume that each pod of a StatefulSet gets for itself.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use names::{Bytes, VolumeName};

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
            spec: Some(core::PersistentVolumeClaimSpec {
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
            }),
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
