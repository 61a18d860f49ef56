//! Certificates of the logging namespace, from two authorities: one that everybody trusts, and one of Elasticsearch's nodes.

use api::cert_manager_io::v1 as cert_manager;
use builders::{Identity, SecretRef, Volume};
use configs::FilePath;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use manifest::Manifest;
use names::{DataKey, Duration, ObjectName, SecretName, ServiceName, VolumeName, name};

use crate::secrets::SecretStore;

/// The authority's Secret, of the same name beside Fluentd, which is in another namespace.
///
/// It comes from the store of secrets rather than from the cluster, so that it reaches every namespace in the way in which
/// all secrets do, and a cluster that is made anew is trusted by those who trusted the old one.
pub(super) const AUTHORITY: SecretName = SecretName::from_static("logging-ca");
/// The key of the authority's certificate.
pub(super) const AUTHORITY_CERTIFICATE: DataKey = DataKey::from_static("tls.crt");

const CERTIFICATE: DataKey = DataKey::from_static("tls.crt");
const KEY: DataKey = DataKey::from_static("tls.key");
const ISSUER_CERTIFICATE: DataKey = DataKey::from_static("ca.crt");

/// The files of a certificate, as cert-manager names them.
pub(super) struct CertificateKeys;

impl CertificateKeys {
    pub(super) const CERTIFICATE: DataKey = CERTIFICATE;
    pub(super) const KEY: DataKey = KEY;
    pub(super) const AUTHORITY: DataKey = ISSUER_CERTIFICATE;
    pub(super) const ALL: [DataKey; 3] = [CERTIFICATE, KEY, ISSUER_CERTIFICATE];
}

/// Where programs have the certificate that they show.
pub(super) const CERTIFICATE_DIRECTORY: FilePath = FilePath::from_static("/certificate");
/// Where programs have the certificate of the authority that they trust.
pub(super) const TRUST: FilePath = FilePath::from_static("/trust");

/// The volume of the certificate that a program shows.
pub(super) fn certificate_volume(certificate: &SecretRef) -> Volume {
    let name = name!(VolumeName, "certificate");
    Volume::secret(&name, certificate, &CertificateKeys::ALL)
}

/// The volume of the certificate of the authority that a program trusts.
pub(super) fn trust_volume(authority: &SecretRef) -> Volume {
    let name = name!(VolumeName, "trust");
    Volume::secret(&name, authority, &[AUTHORITY_CERTIFICATE])
}

/// When a program takes up a certificate that was renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TakenUp {
    /// As soon as the file changes.
    AtOnce,
    /// When it starts: the old one has to be good for long after the new one is there.
    AtRestart,
}

impl TakenUp {
    /// For how long a certificate is good, and how long before its end the next one is made.
    const fn lifetime(self) -> (Duration, Duration) {
        match self {
            Self::AtOnce => (Duration::days(90), Duration::days(30)),
            Self::AtRestart => (Duration::days(730), Duration::days(365)),
        }
    }
}

/// Who signs certificates of one namespace.
#[derive(Clone, Debug)]
pub(super) struct Issuer(ObjectName);

/// The authority of all servers: the issuer, its manifests, and the Secret with the certificate that clients trust.
pub(super) fn authority(
    identity: &Identity,
    store: &SecretStore,
) -> (Issuer, [Manifest; 2], SecretRef) {
    let (secret, reference) = store.certificate(identity.namespace(), &AUTHORITY);
    let (issuer, manifest) = issuer(identity, name!(ObjectName, "logging"), &AUTHORITY);
    (issuer, [secret, manifest], reference)
}

/// An authority that signs the certificates of Elasticsearch's nodes and nothing else: who has one of these belongs to the
/// cluster and may read everything. It is made in the cluster, and nobody outside of it needs to know it.
pub(super) fn node_authority(identity: &Identity) -> (Issuer, [Manifest; 3]) {
    let own = name!(ObjectName, "elasticsearch-transport-self-signed");
    let secret = name!(SecretName, "elasticsearch-transport-ca");
    let self_signed = cert_manager::Issuer {
        metadata: identity.metadata(),
        spec: cert_manager::IssuerSpec {
            self_signed: Some(Default::default()),
            ..Default::default()
        },
    };
    let certificate = cert_manager::Certificate {
        metadata: identity.metadata(),
        spec: Some(cert_manager::CertificateSpec {
            is_ca: Some(true),
            common_name: Some(secret.to_string()),
            secret_name: secret.to_string(),
            duration: Some(Duration::days(3650).kubernetes()),
            private_key: Some(cert_manager::CertificatePrivateKey {
                algorithm: Some(cert_manager::CertificatePrivateKeyAlgorithm::Ecdsa),
                size: Some(384),
                rotation_policy: Some(cert_manager::CertificatePrivateKeyRotationPolicy::Always),
                ..Default::default()
            }),
            issuer_ref: Issuer(own.clone()).reference(),
            ..Default::default()
        }),
    };
    let (issuer, manifest) = issuer(
        identity,
        name!(ObjectName, "elasticsearch-transport"),
        &secret,
    );
    let manifests = [
        Manifest::namespaced(identity.namespace(), own, self_signed),
        Manifest::namespaced(identity.namespace(), secret, certificate),
        manifest,
    ];
    (issuer, manifests)
}

fn issuer(identity: &Identity, name: ObjectName, secret: &SecretName) -> (Issuer, Manifest) {
    let object = cert_manager::Issuer {
        metadata: identity.metadata(),
        spec: cert_manager::IssuerSpec {
            ca: Some(cert_manager::ClusterIssuerCa {
                secret_name: secret.to_string(),
                ..Default::default()
            }),
            ..Default::default()
        },
    };
    let manifest = Manifest::namespaced(identity.namespace(), name.clone(), object);
    (Issuer(name), manifest)
}

impl Issuer {
    fn reference(&self) -> cert_manager::CertificateIssuerRef {
        cert_manager::CertificateIssuerRef {
            name: self.0.to_string(),
            kind: Some("Issuer".to_owned()),
            group: Some("cert-manager.io".to_owned()),
        }
    }

    /// A certificate for whoever answers under these services of the identity's namespace, or as `localhost` inside the
    /// pod. Its Secret has the certificate's name.
    pub(super) fn certificate(
        &self,
        identity: &Identity,
        name: &SecretName,
        services: &[&ServiceName],
        taken_up: TakenUp,
    ) -> (Manifest, SecretRef) {
        let namespace = identity.namespace();
        let hosts = services.iter().flat_map(|service| {
            [
                service.to_string(),
                service.host(namespace).to_string(),
                service.full_host(namespace).to_string(),
            ]
        });
        let (duration, before) = taken_up.lifetime();
        let certificate = cert_manager::Certificate {
            metadata: ObjectMeta {
                labels: Some(identity.labels().clone()),
                ..Default::default()
            },
            spec: Some(cert_manager::CertificateSpec {
                secret_name: name.to_string(),
                dns_names: Some(hosts.chain(["localhost".to_owned()]).collect()),
                duration: Some(duration.kubernetes()),
                renew_before: Some(before.kubernetes()),
                usages: Some(vec![
                    cert_manager::CertificateUsage::DigitalSignature,
                    cert_manager::CertificateUsage::KeyEncipherment,
                    cert_manager::CertificateUsage::ServerAuth,
                    cert_manager::CertificateUsage::ClientAuth,
                ]),
                private_key: Some(cert_manager::CertificatePrivateKey {
                    algorithm: Some(cert_manager::CertificatePrivateKeyAlgorithm::Rsa),
                    size: Some(2048),
                    // Logstash reads no other form.
                    encoding: Some(cert_manager::CertificatePrivateKeyEncoding::Pkcs8),
                    rotation_policy: Some(
                        cert_manager::CertificatePrivateKeyRotationPolicy::Always,
                    ),
                }),
                issuer_ref: self.reference(),
                ..Default::default()
            }),
        };
        let manifest = Manifest::namespaced(namespace, name, certificate);
        let secret = SecretRef::external(
            namespace,
            name,
            "made by cert-manager for the Certificate of the same name",
        );
        (manifest, secret)
    }
}
