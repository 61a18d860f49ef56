//! A reference to one key of a secret, written `secret/key`.

use std::str::FromStr;

use names::{DataKey, SecretName};

use crate::from_text;

/// One key of a secret.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SecretReference {
    /// The secret.
    pub secret: SecretName,
    /// Its key.
    pub key: DataKey,
}

/// Why a text is no reference to a key of a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a secret and its key as `secret/key`, for example `invoices-db/password`")]
pub struct InvalidSecretReference;

impl FromStr for SecretReference {
    type Err = InvalidSecretReference;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (secret, key) = text.split_once('/').ok_or(InvalidSecretReference)?;
        let secret = secret.parse().map_err(|_| InvalidSecretReference)?;
        let key = key.parse().map_err(|_| InvalidSecretReference)?;
        Ok(Self { secret, key })
    }
}

from_text! {
    SecretReference: "a secret and its key as `secret/key`";
}
