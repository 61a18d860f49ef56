//! The authority that public hosts get their certificates from.

use api::cert_manager_io::v1 as cert_manager;
use environment::{AcmeIssuer, CloudUser, Environment, Provider};
use manifest::Manifest;
use names::{ApplicationName, SecretName, name};

use super::cert_manager::NAMESPACE;
use crate::component::Component;
use crate::wave;

/// The key of the account with the authority; cert-manager makes it.
const ACCOUNT_KEY: SecretName = SecretName::from_static("acme-account-key");

/// The issuer, where the environment names an authority.
pub(crate) fn issuer(environment: &Environment) -> Option<Component<()>> {
    let settings = environment.addons.cert_manager.as_ref()?;
    let settings = settings.issuer.as_ref()?;
    let component = Component::new(
        &name!(ApplicationName, "certificates"),
        &NAMESPACE,
        wave::POLICIES,
        (),
    );
    Some(component.with([manifest(environment, settings)]))
}

fn manifest(environment: &Environment, settings: &AcmeIssuer) -> Manifest {
    let issuer = cert_manager::ClusterIssuer {
        spec: cert_manager::ClusterIssuerSpec {
            acme: Some(cert_manager::ClusterIssuerAcme {
                server: settings.directory.to_string(),
                email: Some(settings.email.to_string()),
                private_key_secret_ref: cert_manager::ClusterIssuerAcmePrivateKeySecretRef {
                    name: ACCOUNT_KEY.to_string(),
                    ..Default::default()
                },
                solvers: Some(vec![cert_manager::ClusterIssuerAcmeSolver {
                    dns01: Some(dns(environment)),
                    ..Default::default()
                }]),
                ..Default::default()
            }),
            ..Default::default()
        },
        ..Default::default()
    };
    Manifest::cluster(&settings.name, issuer)
}

/// The provider's DNS, written to as the workload that cert-manager is there.
fn dns(environment: &Environment) -> cert_manager::ClusterIssuerAcmeSolverDns01 {
    match &environment.cluster.provider {
        Provider::Eks(eks) => cert_manager::ClusterIssuerAcmeSolverDns01 {
            route53: Some(cert_manager::ClusterIssuerAcmeSolverDns01Route53 {
                region: Some(eks.region.value.clone()),
                ..Default::default()
            }),
            ..Default::default()
        },
        Provider::Gke(gke) => cert_manager::ClusterIssuerAcmeSolverDns01 {
            cloud_dns: Some(cert_manager::ClusterIssuerAcmeSolverDns01CloudDns {
                project: gke.project.value.clone(),
                ..Default::default()
            }),
            ..Default::default()
        },
        Provider::Aks(aks) => cert_manager::ClusterIssuerAcmeSolverDns01 {
            azure_dns: Some(cert_manager::ClusterIssuerAcmeSolverDns01AzureDns {
                subscription_id: aks.subscription.to_string(),
                resource_group_name: aks.resource_group.to_string(),
                hosted_zone_name: Some(environment.domain.to_string()),
                managed_identity: aks.identities.get(&CloudUser::CertManager).map(|client| {
                    cert_manager::ClusterIssuerAcmeSolverDns01AzureDnsManagedIdentity {
                        client_id: Some(client.to_string()),
                        ..Default::default()
                    }
                }),
                ..Default::default()
            }),
            ..Default::default()
        },
    }
}
