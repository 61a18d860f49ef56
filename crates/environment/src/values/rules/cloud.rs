//! What the provider has to know of workloads: who acts as whom, where backups go, and how secrets are named.

use crate::Diagnostics;
use crate::values::{Aks, CloudUser, Environment, Provider};

/// The lengths of a name of a storage account.
const ACCOUNT_NAME: std::ops::RangeInclusive<usize> = 3..=24;

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    match &environment.cluster.provider {
        Provider::Eks(_) => no_storage_account(environment, "EKS", diagnostics),
        Provider::Gke(_) => {
            no_storage_account(environment, "GKE", diagnostics);
            secret_names(environment, "Secret Manager", diagnostics);
        }
        Provider::Aks(aks) => {
            storage_account(environment, diagnostics);
            secret_names(environment, "Key Vault", diagnostics);
            identities(environment, aks, diagnostics);
        }
    }
}

/// The client ID of an identity cannot be worked out of its name.
fn identities(environment: &Environment, aks: &Aks, diagnostics: &mut Diagnostics) {
    let users = [
        (CloudUser::ExternalSecrets, true),
        (
            CloudUser::Velero,
            environment.backup.is_some() && environment.addons.velero.is_some(),
        ),
        (
            CloudUser::CheckpointBackup,
            environment.checkpoint_backup.is_some(),
        ),
    ];
    for (user, _) in users
        .iter()
        .filter(|(user, needed)| *needed && !aks.identities.contains_key(user))
    {
        diagnostics
            .error(
                &aks.identities.origin,
                format!("`{user}` has no identity at Azure"),
            )
            .help("add the client ID of its managed identity");
    }
}

fn storage_account(environment: &Environment, diagnostics: &mut Diagnostics) {
    let Some(backup) = &environment.backup else {
        return;
    };
    let Some(account) = &backup.storage_account else {
        diagnostics
            .error(
                &backup.bucket.origin,
                "a container of Azure without its storage account",
            )
            .help("say it as `storageAccount`");
        return;
    };
    let plain = account
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if !ACCOUNT_NAME.contains(&account.len()) || !plain {
        diagnostics
            .error(
                &account.origin,
                format!(
                    "`{}` cannot be the name of a storage account",
                    account.value
                ),
            )
            .help(format!(
                "{} to {} lower-case letters and digits",
                ACCOUNT_NAME.start(),
                ACCOUNT_NAME.end()
            ));
    }
}

fn no_storage_account(environment: &Environment, provider: &str, diagnostics: &mut Diagnostics) {
    if let Some(account) = environment
        .backup
        .as_ref()
        .and_then(|backup| backup.storage_account.as_ref())
    {
        diagnostics
            .error(
                &account.origin,
                format!("a bucket of {provider} lies in no storage account"),
            )
            .help("leave it out");
    }
}

fn secret_names(environment: &Environment, store: &str, diagnostics: &mut Diagnostics) {
    let prefix = &environment.secrets.prefix;
    let plain = prefix
        .bytes()
        .all(|byte| byte == b'-' || byte.is_ascii_alphanumeric());
    if !plain {
        diagnostics
            .error(
                &prefix.origin,
                format!("names in {store} consist of letters, digits and hyphens"),
            )
            .help("join the parts of the prefix with hyphens");
    }
}
