//! The lock: which file every fact was taken from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::provenance::Origin;

/// The sources of all facts, by relative path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    /// Path → what is known of the file.
    pub sources: BTreeMap<String, LockedSource>,
}

/// One file that facts were taken from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockedSource {
    /// The checksum of its bytes, in hexadecimal.
    pub sha256: String,
    /// Where the file comes from, if its folder says so.
    #[serde(flatten)]
    pub origin: Option<Origin>,
    /// The Kubernetes minor, for a file that describes one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minor: Option<String>,
    /// The kinds taken from it, `apps/v1 Deployment`, sorted. Empty for files that only add
    /// defaults.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
}

impl Lock {
    /// The lock as it is committed.
    pub(crate) fn text(&self) -> serde_json::Result<String> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        Ok(text)
    }

    /// The source that a kind was taken from.
    pub(crate) fn source_of(
        &self,
        minor: Option<&str>,
        kind: &str,
    ) -> Option<(&str, &LockedSource)> {
        self.sources
            .iter()
            .find(|(_, source)| {
                source.minor.as_deref() == minor
                    && source
                        .kinds
                        .binary_search_by(|known| known.as_str().cmp(kind))
                        .is_ok()
            })
            .map(|(path, source)| (path.as_str(), source))
    }

    /// Whether a kind, with its minor if it is built in, comes from a source of this lock. Of
    /// `minors` that is taken for granted.
    pub(crate) fn names(&self, kind: &str, minors: &[&str]) -> bool {
        minors
            .iter()
            .any(|minor| kind.ends_with(&format!(" ({minor})")))
            || self.source_of(None, kind).is_some()
    }
}
