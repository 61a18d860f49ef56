//! Secrets: the store that they come from, and one ExternalSecret for each Secret. No value is ever in the tree.

mod provider;

use api::external_secrets_io::v1 as external;
use builders::{Identity, Labels, SecretRef};
use environment::Environment;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use manifest::Manifest;
use names::{ApplicationName, DataKey, Duration, NamespaceName, ObjectName, SecretName, name};

use crate::component::Component;
use crate::wave;

/// Where ExternalSecrets get their values.
#[derive(Clone, Debug)]
pub(crate) struct SecretStore {
    name: String,
    /// What comes before the name of every secret.
    prefix: String,
    refresh: Duration,
}

impl SecretStore {
    /// A Secret beside the workload of `identity` with the given keys, and the handle to it.
    pub(crate) fn secret<'a>(
        &self,
        identity: &Identity,
        name: &SecretName,
        keys: impl IntoIterator<Item = &'a DataKey>,
    ) -> (Manifest, SecretRef) {
        self.typed_secret(identity.namespace(), identity.labels(), name, None, keys)
    }

    /// A TLS certificate with its key, as gateways and ingresses take it.
    pub(crate) fn certificate(
        &self,
        namespace: &NamespaceName,
        name: &SecretName,
    ) -> (Manifest, SecretRef) {
        let keys = [name!(DataKey, "tls.crt"), name!(DataKey, "tls.key")];
        self.typed_secret(
            namespace,
            &Labels::new(),
            name,
            Some("kubernetes.io/tls"),
            &keys,
        )
    }

    fn typed_secret<'a>(
        &self,
        namespace: &NamespaceName,
        labels: &Labels,
        name: &SecretName,
        kind: Option<&str>,
        keys: impl IntoIterator<Item = &'a DataKey>,
    ) -> (Manifest, SecretRef) {
        let data = keys.into_iter().map(|key| external::ExternalSecretData {
            secret_key: key.to_string(),
            remote_ref: external::ExternalSecretDataRemoteRef {
                key: format!("{}{name}", self.prefix),
                property: Some(key.to_string()),
                ..Default::default()
            },
            ..Default::default()
        });
        let secret = external::ExternalSecret {
            metadata: ObjectMeta {
                labels: Some(labels.clone()),
                ..Default::default()
            },
            spec: Some(external::ExternalSecretSpec {
                refresh_interval: Some(self.refresh.kubernetes()),
                secret_store_ref: Some(external::ExternalSecretSecretStoreRef {
                    kind: Some(external::ExternalSecretSecretStoreRefKind::ClusterSecretStore),
                    name: Some(self.name.clone()),
                }),
                target: Some(external::ExternalSecretTarget {
                    name: Some(name.to_string()),
                    template: kind.map(|kind| external::ExternalSecretTargetTemplate {
                        type_: Some(kind.to_owned()),
                        ..Default::default()
                    }),
                    ..Default::default()
                }),
                data: Some(data.collect()),
                ..Default::default()
            }),
        };
        let manifest = Manifest::namespaced(namespace, name, secret);
        (
            manifest,
            SecretRef::external(
                namespace,
                name,
                "made by the ExternalSecret of the same name",
            ),
        )
    }
}

/// The store of this environment's cloud.
pub(crate) fn store(environment: &Environment) -> Component<SecretStore> {
    let handle = SecretStore {
        name: "platform".to_owned(),
        prefix: format!(
            "{}{}",
            environment.secrets.prefix.value,
            provider::separator(environment)
        ),
        refresh: environment.secrets.refresh,
    };
    let store = external::ClusterSecretStore {
        spec: Some(external::ClusterSecretStoreSpec {
            provider: provider::store(environment),
            ..Default::default()
        }),
        ..Default::default()
    };
    let manifest = Manifest::cluster(name!(ObjectName, "platform"), store);
    Component::new(
        &name!(ApplicationName, "secrets"),
        &name!(NamespaceName, "external-secrets"),
        wave::POLICIES,
        handle,
    )
    .with([manifest])
}
