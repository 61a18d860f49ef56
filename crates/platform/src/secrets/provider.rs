//! The provider's own store of secrets, reached with the account of External Secrets itself.

use api::external_secrets_io::v1 as external;
use environment::{Aks, Eks, Environment, Gke, Provider};

/// The service account of External Secrets.
const ACCOUNT: &str = "external-secrets";
/// The namespace of that account.
const NAMESPACE: &str = "external-secrets";

/// Where the provider keeps secrets, and how External Secrets proves who it is.
pub(super) fn store(environment: &Environment) -> external::ClusterSecretStoreProvider {
    match &environment.cluster.provider {
        Provider::Eks(eks) => external::ClusterSecretStoreProvider {
            aws: Some(secrets_manager(eks)),
            ..Default::default()
        },
        Provider::Gke(gke) => external::ClusterSecretStoreProvider {
            gcpsm: Some(secret_manager(environment, gke)),
            ..Default::default()
        },
        Provider::Aks(aks) => external::ClusterSecretStoreProvider {
            azurekv: Some(key_vault(aks)),
            ..Default::default()
        },
    }
}

/// What joins the parts of a secret's name. Google's names have no slash and those of Azure neither slash nor underscore.
pub(super) fn separator(environment: &Environment) -> char {
    match &environment.cluster.provider {
        Provider::Eks(_) => '/',
        Provider::Gke(_) | Provider::Aks(_) => '-',
    }
}

fn secrets_manager(eks: &Eks) -> external::ClusterSecretStoreProviderAws {
    external::ClusterSecretStoreProviderAws {
        service: external::ClusterSecretStoreProviderAwsService::SecretsManager,
        region: eks.region.value.clone(),
        auth: Some(external::ClusterSecretStoreProviderAwsAuth {
            jwt: Some(external::ClusterSecretStoreProviderAwsAuthJwt {
                service_account_ref: Some(
                    external::ClusterSecretStoreProviderAwsAuthJwtServiceAccountRef {
                        name: ACCOUNT.to_owned(),
                        namespace: Some(NAMESPACE.to_owned()),
                        ..Default::default()
                    },
                ),
            }),
            ..Default::default()
        }),
        ..Default::default()
    }
}

/// The cluster is named, so that its metadata server is not asked for it.
fn secret_manager(
    environment: &Environment,
    gke: &Gke,
) -> external::ClusterSecretStoreProviderGcpsm {
    external::ClusterSecretStoreProviderGcpsm {
        project_id: Some(gke.project.value.clone()),
        auth: Some(external::ClusterSecretStoreProviderGcpsmAuth {
            workload_identity: Some(
                external::ClusterSecretStoreProviderGcpsmAuthWorkloadIdentity {
                    cluster_location: Some(gke.region.value.clone()),
                    cluster_name: Some(environment.cluster.name.to_string()),
                    cluster_project_id: Some(gke.project.value.clone()),
                    service_account_ref:
                        external::ClusterSecretStoreWorkloadIdentityServiceAccountRef {
                            name: ACCOUNT.to_owned(),
                            namespace: Some(NAMESPACE.to_owned()),
                            ..Default::default()
                        },
                },
            ),
            ..Default::default()
        }),
        ..Default::default()
    }
}

fn key_vault(aks: &Aks) -> external::ClusterSecretStoreProviderAzurekv {
    external::ClusterSecretStoreProviderAzurekv {
        auth_type: Some(external::ClusterSecretStoreProviderAzurekvAuthType::WorkloadIdentity),
        vault_url: aks.key_vault.to_string(),
        tenant_id: Some(aks.tenant.to_string()),
        service_account_ref: Some(
            external::ClusterSecretStoreProviderAzurekvServiceAccountRef {
                name: ACCOUNT.to_owned(),
                namespace: Some(NAMESPACE.to_owned()),
                ..Default::default()
            },
        ),
        ..Default::default()
    }
}
