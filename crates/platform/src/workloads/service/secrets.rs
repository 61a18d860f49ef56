//! The secrets of a service: one ExternalSecret for each Secret that its variables come from.

use std::collections::{BTreeMap, BTreeSet};

use builders::{SecretKeyRef, SecretRef};
use manifest::Manifest;
use names::{DataKey, EnvironmentVariable, SecretName};

use super::Plan;
use crate::secrets::SecretStore;

/// The secrets of a service, with the variable that each key goes into.
pub(super) struct Secrets {
    /// Variables in the order of their names.
    pub(super) variables: Vec<(EnvironmentVariable, SecretKeyRef)>,
    manifests: Vec<Manifest>,
}

impl Secrets {
    /// The ExternalSecrets.
    pub(super) fn into_manifests(self) -> Vec<Manifest> {
        self.manifests
    }
}

/// Collects what the settings refer to.
pub(super) fn secrets(plan: &Plan<'_>, store: &SecretStore) -> Secrets {
    let mut keys: BTreeMap<&SecretName, BTreeSet<&DataKey>> = BTreeMap::new();
    for reference in plan.settings.secrets.values() {
        keys.entry(&reference.secret)
            .or_default()
            .insert(&reference.key);
    }
    let mut handles: BTreeMap<&SecretName, SecretRef> = BTreeMap::new();
    let mut manifests = Vec::new();
    for (name, keys) in keys {
        let (manifest, handle) = store.secret(&plan.identity, name, keys);
        manifests.push(manifest);
        handles.insert(name, handle);
    }
    let variables = plan
        .settings
        .secrets
        .iter()
        .filter_map(|(variable, reference)| {
            let secret = handles.get(&reference.secret)?;
            Some((variable.clone(), SecretKeyRef::new(secret, &reference.key)))
        })
        .collect();
    Secrets {
        variables,
        manifests,
    }
}
