//! What Velero's plug-ins are told of the provider's storage and snapshots.

use std::collections::BTreeMap;

use environment::{Backup, CloudUser, Environment, Provider, Twin};

use crate::provider;

/// The word by which Velero knows the provider.
pub(super) fn name(environment: &Environment) -> &'static str {
    match &environment.cluster.provider {
        Provider::Eks(_) => "aws",
        Provider::Gke(_) => "gcp",
        Provider::Aks(_) => "azure",
    }
}

/// Where the bucket lies, and as whom it is written to.
pub(super) fn storage(environment: &Environment, settings: &Backup) -> BTreeMap<String, String> {
    let entries = match &environment.cluster.provider {
        Provider::Eks(eks) => vec![("region", eks.region.value.clone())],
        // Signs links to what a backup logged; without it nobody can read the logs of a backup.
        Provider::Gke(gke) => vec![(
            "serviceAccount",
            provider::google_account(&gke.project, CloudUser::Velero),
        )],
        Provider::Aks(aks) => vec![
            ("resourceGroup", aks.resource_group.to_string()),
            (
                "storageAccount",
                settings
                    .storage_account
                    .as_ref()
                    .map(|account| account.value.clone())
                    .unwrap_or_default(),
            ),
            ("subscriptionId", aks.subscription.to_string()),
            ("useAAD", "true".to_owned()),
        ],
    };
    owned(entries)
}

/// Where the bucket of the cluster in another region lies; on Azure it would be in a storage account of its own, which
/// nothing names here.
pub(super) fn storage_of_the_twin(
    environment: &Environment,
    twin: &Twin,
) -> Option<BTreeMap<String, String>> {
    let entries = match &environment.cluster.provider {
        Provider::Eks(_) => vec![("region", twin.region.value.clone())],
        Provider::Gke(gke) => vec![(
            "serviceAccount",
            provider::google_account(&gke.project, CloudUser::Velero),
        )],
        Provider::Aks(_) => return None,
    };
    Some(owned(entries))
}

/// Where snapshots of volumes are kept.
pub(super) fn snapshots(environment: &Environment) -> BTreeMap<String, String> {
    let entries = match &environment.cluster.provider {
        Provider::Eks(eks) => vec![("region", eks.region.value.clone())],
        Provider::Gke(gke) => vec![
            ("project", gke.project.value.clone()),
            ("snapshotLocation", gke.region.value.clone()),
        ],
        Provider::Aks(aks) => vec![
            ("resourceGroup", aks.resource_group.to_string()),
            ("subscriptionId", aks.subscription.to_string()),
            ("incremental", "true".to_owned()),
        ],
    };
    owned(entries)
}

fn owned(entries: Vec<(&str, String)>) -> BTreeMap<String, String> {
    entries
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}
