//! Who in the cluster acts at the provider, and the identifiers that Azure gives to its identities.

use std::str::FromStr;

use crate::{choice, from_text};

choice! {
    /// A workload that has an identity at the provider; its name there is made of the cluster's and this word.
    pub enum CloudUser {
        /// Reads secrets.
        ExternalSecrets = "external-secrets",
        /// Writes backups and makes snapshots.
        Velero = "velero",
        /// Makes volumes on AWS.
        EbsCsiDriver = "ebs-csi-driver",
        /// Changes the size of node groups.
        ClusterAutoscaler = "cluster-autoscaler",
        /// Makes load balancers on AWS.
        LoadBalancerController = "load-balancer-controller",
        /// Writes DNS records.
        ExternalDns = "external-dns",
        /// Reads images and their signatures at admission.
        ImageVerifier = "image-verifier",
        /// Proves to certificate authorities who owns a domain.
        CertManager = "cert-manager",
        /// Archives the database and reads the archive again.
        Postgres = "postgres",
        /// Copies the state of vertical autoscaling to another region.
        CheckpointBackup = "checkpoint-backup",
        /// Reads prices and bills.
        OpenCost = "opencost",
        /// Keeps the indices of logs in cheap storage.
        LogArchive = "log-archive",
        /// Says how long the registry keeps images.
        ImageRegistry = "image-registry",
        /// Reads images to look for vulnerabilities in them.
        ImageScanner = "image-scanner",
    }
}

/// An identifier as Azure gives it: 32 hexadecimal digits in five groups.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Guid(String);

impl std::fmt::Display for Guid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is no identifier of Azure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12, joined by hyphens")]
pub struct InvalidGuid;

impl FromStr for Guid {
    type Err = InvalidGuid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let hexadecimal = text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
        let groups = text.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
        if hexadecimal && groups {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(InvalidGuid)
        }
    }
}

from_text! {
    Guid: "an identifier of 32 hexadecimal digits in five groups";
}
