//! What the pods of an object ask for that is only stated to exist.

use serde_json::Value as Json;

use super::pod::PodSize;

/// What the pods of an object ask for that is only stated to exist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Footprint {
    /// The least and the greatest number of pods; of a `DaemonSet` the nodes decide.
    pub replicas: (u32, u32),
    /// What one pod asks for.
    pub pod: PodSize,
    /// Their priority.
    pub priority: i64,
    /// Where they may run, as a pod specification says it: `nodeSelector`, `affinity`, `tolerations`.
    pub placement: Json,
}
