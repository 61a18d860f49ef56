//! The minor version of a Kubernetes cluster.

use std::fmt;
use std::str::FromStr;

use crate::error::Invalid;
use crate::rules;

/// A minor version of Kubernetes, such as `1.35`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KubernetesMinor(u16);

impl KubernetesMinor {
    /// Kubernetes 1.`minor`.
    pub const fn new(minor: u16) -> Self {
        Self(minor)
    }

    /// The number after the dot.
    pub const fn minor(self) -> u16 {
        self.0
    }

    /// The version that a cluster is upgraded to from this one.
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for KubernetesMinor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.0)
    }
}

impl FromStr for KubernetesMinor {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let minor = text
            .strip_prefix("1.")
            .and_then(|minor| rules::number(minor.as_bytes(), false));
        let minor = minor.and_then(|minor| u16::try_from(minor).ok());
        minor.map(Self).ok_or_else(|| {
            Invalid::new(
                "Kubernetes version",
                text,
                "`1.` and the minor version, without a patch version",
                "1.35",
            )
        })
    }
}
