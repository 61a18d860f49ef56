//! ConfigMaps: files and settings, with handles to each key.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use manifest::Manifest;
use names::{ConfigMapName, DataKey};

use crate::{ConfigMapKeyRef, ConfigMapRef, Identity, Labels};

/// A ConfigMap under construction.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct ConfigMap {
    reference: ConfigMapRef,
    labels: Labels,
    data: BTreeMap<String, String>,
}

impl ConfigMap {
    /// An empty ConfigMap beside the workload of `identity`.
    pub fn new(identity: &Identity, name: &ConfigMapName) -> Self {
        Self {
            reference: ConfigMapRef::new(identity.namespace(), name),
            labels: identity.labels().clone(),
            data: BTreeMap::new(),
        }
    }

    /// Adds a file or setting.
    pub fn entry(mut self, key: &DataKey, value: impl Into<String>) -> Self {
        self.data.insert(key.to_string(), value.into());
        self
    }

    /// The handle by which pods mount it.
    pub fn handle(&self) -> ConfigMapRef {
        self.reference.clone()
    }

    /// A handle to one key, if it was added.
    pub fn key(&self, key: &DataKey) -> Option<ConfigMapKeyRef> {
        self.data
            .contains_key(key.as_str())
            .then(|| ConfigMapKeyRef {
                config_map: self.reference.clone(),
                key: key.clone(),
            })
    }

    /// A short fingerprint of the content, for an annotation that restarts the pods when the content changes.
    ///
    /// FNV-1a over keys and values: it tells contents apart and protects nothing.
    pub fn fingerprint(&self) -> String {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in self
            .data
            .iter()
            .flat_map(|(key, value)| [key, "\0", value, "\0"].map(str::to_owned))
            .flat_map(String::into_bytes)
        {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        format!("{hash:016x}")
    }

    /// The manifest.
    #[track_caller]
    pub fn manifest(self) -> Manifest {
        let config_map = core::ConfigMap {
            metadata: ObjectMeta {
                labels: Some(self.labels),
                ..Default::default()
            },
            data: Some(self.data),
            ..Default::default()
        };
        Manifest::namespaced(
            self.reference.namespace(),
            self.reference.name().clone(),
            config_map,
        )
    }
}
