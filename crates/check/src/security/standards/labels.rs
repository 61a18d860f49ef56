//! What a namespace demands of its pods by its labels.

use super::{Demand, Level};
use crate::cluster::Cluster;

/// What happens to a pod that does not meet the level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// It is refused.
    Enforce,
    /// Who applies it is warned.
    Warn,
    /// The audit log has it.
    Audit,
}

impl Mode {
    /// The name as it stands in labels.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Warn => "warn",
            Self::Audit => "audit",
        }
    }
}

/// What a namespace demands of its pods; `None` where it demands nothing, or nobody knows.
pub(crate) fn admitted(cluster: &Cluster<'_>, namespace: &str, mode: Mode) -> Option<Demand> {
    let labels = cluster.namespace_labels(namespace)?;
    let key = format!("pod-security.kubernetes.io/{}", mode.as_str());
    let level = match labels.get(&key)?.as_str() {
        "baseline" => Level::Baseline,
        "restricted" => Level::Restricted,
        _ => return None,
    };
    let newest = cluster.kubernetes.minor();
    // The server judges by the newest version that it knows where a label names a later one.
    let minor = labels
        .get(&format!("{key}-version"))
        .and_then(|version| version.strip_prefix("v1."))
        .and_then(|minor| minor.parse().ok())
        .map_or(newest, |minor: u16| minor.min(newest));
    Some(Demand { level, minor })
}
