//! The certificate of the host.

use api::cert_manager_io::v1 as cert_manager;
use builders::SecretRef;
use environment::{AcmeIssuer, Ingress};
use manifest::Manifest;
use names::{ObjectName, SecretName, name};

use super::NAMESPACE;

/// The certificate, and the Secret that its key is put into.
pub(super) fn certificate(settings: &Ingress, issuer: &AcmeIssuer) -> (Manifest, SecretRef) {
    const SECRET: SecretName = SecretName::from_static("ingress-tls");
    let certificate = cert_manager::Certificate {
        spec: Some(cert_manager::CertificateSpec {
            secret_name: SECRET.to_string(),
            dns_names: Some(vec![settings.host.value.to_string()]),
            issuer_ref: cert_manager::CertificateIssuerRef {
                group: Some("cert-manager.io".to_owned()),
                kind: Some("ClusterIssuer".to_owned()),
                name: issuer.name.to_string(),
            },
            private_key: Some(cert_manager::CertificatePrivateKey {
                algorithm: Some(cert_manager::CertificatePrivateKeyAlgorithm::Ecdsa),
                size: Some(256),
                rotation_policy: Some(cert_manager::CertificatePrivateKeyRotationPolicy::Always),
                ..Default::default()
            }),
            ..Default::default()
        }),
        ..Default::default()
    };
    let manifest = Manifest::namespaced(&NAMESPACE, name!(ObjectName, "ingress"), certificate);
    let secret = SecretRef::external(&NAMESPACE, &SECRET, "made for the Certificate `ingress`");
    (manifest, secret)
}
