//! The two ways in which moving pods and moving nodes are kept apart: in space, or in time.

use std::collections::BTreeMap;

use names::{Duration, LabelKey, LabelValue};
use serde::{Serialize, Serializer};

use crate::serialize;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    /// In time.
    Coordinated,
    /// In space.
    Isolated,
}

/// A taint that pods may be put up with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Toleration {
    /// Its key.
    #[serde(serialize_with = "serialize::display")]
    pub key: LabelKey,
    operator: &'static str,
    /// Its value.
    #[serde(serialize_with = "serialize::display")]
    pub value: LabelValue,
    effect: &'static str,
}

impl Toleration {
    /// A taint of exactly this key, value and effect.
    pub fn of(key: LabelKey, value: LabelValue, effect: &'static str) -> Self {
        Self {
            key,
            operator: "Equal",
            value,
            effect,
        }
    }
}

/// Nodes that are set apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Placement {
    /// The labels of the nodes.
    pub node_selector: BTreeMap<String, String>,
    /// The taints of the nodes.
    pub tolerations: Vec<Toleration>,
}

/// The pauses between moving pods and moving nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Pauses {
    /// No node comes or goes for so long after the VPA resized a pod.
    #[serde(rename = "afterVPAUpdate", serialize_with = "seconds")]
    pub after_vpa_update: Duration,
    /// So long has a need for nodes to last before node auto-provisioning may act on it.
    #[serde(rename = "beforeNAPAction", serialize_with = "seconds")]
    pub before_nap_action: Duration,
}

/// In seconds, since that is how operators compare the two with the intervals of VPA and Karpenter.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out a reference"
)]
pub(super) fn seconds<S: Serializer>(
    duration: &Duration,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{}s", duration.as_seconds()))
}
