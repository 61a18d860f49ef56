//! Volumes: made once, mounted by containers; a pod has exactly those volumes that its containers mount.

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use names::{Bytes, ClaimName, DataKey, VolumeName};

use crate::{ConfigMapRef, SecretRef};

/// A volume of a pod.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Volume {
    name: VolumeName,
    source: Option<core::Volume>,
}

impl Volume {
    fn from(name: &VolumeName, source: core::Volume) -> Self {
        Self {
            name: name.clone(),
            source: Some(core::Volume {
                name: name.to_string(),
                ..source
            }),
        }
    }

    /// Scratch space on the node's disk, at most `limit`.
    pub fn scratch(name: &VolumeName, limit: Bytes) -> Self {
        let empty = core::EmptyDirVolumeSource {
            size_limit: Some(Quantity(limit.to_string())),
            ..Default::default()
        };
        Self::from(
            name,
            core::Volume {
                empty_dir: Some(empty),
                ..Default::default()
            },
        )
    }

    /// Scratch space in memory, at most `limit`; it counts to the memory of the container that writes it.
    pub fn memory(name: &VolumeName, limit: Bytes) -> Self {
        let empty = core::EmptyDirVolumeSource {
            medium: Some("Memory".to_owned()),
            size_limit: Some(Quantity(limit.to_string())),
        };
        Self::from(
            name,
            core::Volume {
                empty_dir: Some(empty),
                ..Default::default()
            },
        )
    }

    /// All keys of a ConfigMap as files.
    pub fn config_map(name: &VolumeName, config_map: &ConfigMapRef) -> Self {
        let source = core::ConfigMapVolumeSource {
            name: config_map.name().to_string(),
            ..Default::default()
        };
        Self::from(
            name,
            core::Volume {
                config_map: Some(source),
                ..Default::default()
            },
        )
    }

    /// All keys of a ConfigMap as files that may be run.
    pub fn scripts(name: &VolumeName, config_map: &ConfigMapRef) -> Self {
        let source = core::ConfigMapVolumeSource {
            name: config_map.name().to_string(),
            default_mode: Some(0o555),
            ..Default::default()
        };
        Self::from(
            name,
            core::Volume {
                config_map: Some(source),
                ..Default::default()
            },
        )
    }

    /// The named keys of a Secret as files of the same names, readable by their owner and group only.
    pub fn secret<'a>(
        name: &VolumeName,
        secret: &SecretRef,
        keys: impl IntoIterator<Item = &'a DataKey>,
    ) -> Self {
        let items: Vec<_> = keys
            .into_iter()
            .map(|key| core::KeyToPath {
                key: key.to_string(),
                path: key.to_string(),
                mode: None,
            })
            .collect();
        let source = core::SecretVolumeSource {
            secret_name: Some(secret.name().to_string()),
            default_mode: Some(0o440),
            items: (!items.is_empty()).then_some(items),
            ..Default::default()
        };
        Self::from(
            name,
            core::Volume {
                secret: Some(source),
                ..Default::default()
            },
        )
    }

    /// A directory of the node; the namespace must allow it.
    pub fn host_path(name: &VolumeName, path: &str, kind: &'static str) -> Self {
        let source = core::HostPathVolumeSource {
            path: path.to_owned(),
            type_: Some(kind.to_owned()),
        };
        Self::from(
            name,
            core::Volume {
                host_path: Some(source),
                ..Default::default()
            },
        )
    }

    /// The volume of a claim beside the pod.
    pub(crate) fn persistent(name: &VolumeName, claim: &ClaimName) -> Self {
        let source = core::PersistentVolumeClaimVolumeSource {
            claim_name: claim.to_string(),
            read_only: None,
        };
        Self::from(
            name,
            core::Volume {
                persistent_volume_claim: Some(source),
                ..Default::default()
            },
        )
    }

    /// The volume of a claim template: the StatefulSet adds it to the pod by itself.
    pub fn claimed(name: &VolumeName) -> Self {
        Self {
            name: name.clone(),
            source: None,
        }
    }

    pub(crate) fn name(&self) -> &VolumeName {
        &self.name
    }

    pub(crate) fn into_source(self) -> Option<core::Volume> {
        self.source
    }
}
