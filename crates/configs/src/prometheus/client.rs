//! How Prometheus talks HTTP to what it scrapes and notifies.

use serde::Serialize;

use crate::path::FilePath;
use crate::serialize;

/// `http` or `https`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// In clear.
    #[default]
    Http,
    /// Over TLS.
    Https,
}

impl Scheme {
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde hands out a reference"
    )]
    pub(crate) fn is_http(&self) -> bool {
        *self == Self::Http
    }
}

/// Credentials from a file, read again before each request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Authorization {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(serialize_with = "serialize::display")]
    credentials_file: FilePath,
}

impl Authorization {
    /// `Authorization: Bearer` with the file's content.
    pub fn bearer(credentials_file: FilePath) -> Self {
        Self {
            kind: "Bearer",
            credentials_file,
        }
    }

    /// The token of the pod's own service account.
    pub fn service_account() -> Self {
        Self::bearer(
            const { FilePath::from_static("/var/run/secrets/kubernetes.io/serviceaccount/token") },
        )
    }
}

/// The oldest TLS version that is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum TlsVersion {
    /// TLS 1.2, which Prometheus asks for where nothing is said.
    #[serde(rename = "TLS12")]
    Tls12,
    /// TLS 1.3.
    #[serde(rename = "TLS13")]
    Tls13,
}

/// What a server must show, and what is shown to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TlsConfig {
    /// The authorities that may have signed the server's certificate; none: those of the image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca_file: Option<String>,
    /// The client's certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_file: Option<String>,
    /// Its key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_file: Option<String>,
    /// The name in the server's certificate, where it is not that of the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_name: Option<String>,
    /// The oldest version accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_version: Option<TlsVersion>,
    /// Whether any certificate will do.
    #[serde(skip_serializing_if = "serialize::is_false")]
    pub insecure_skip_verify: bool,
}

impl TlsConfig {
    /// The certificate must come from the cluster's own authority.
    pub fn cluster_authority() -> Self {
        Self {
            ca_file: Some("/var/run/secrets/kubernetes.io/serviceaccount/ca.crt".to_owned()),
            ..Self::default()
        }
    }
}
