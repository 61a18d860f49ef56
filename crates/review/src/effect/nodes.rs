//! Which changes replace nodes, so that every pod on them is evicted.

use manifest::ResourceId;

use crate::path::{FieldPath, Step};

/// What a machine pool of a provider takes without making its machines anew.
const TAKEN_IN_PLACE: [&str; 19] = [
    "additionalTags",
    "count",
    "enableAutoScaling",
    "kubernetesLabels",
    "kubernetesTaints",
    "labels",
    "management",
    "maxCount",
    "minCount",
    "mode",
    "nodeLabels",
    "nodeTaints",
    "providerIDList",
    "replicas",
    "scaling",
    "tags",
    "taints",
    "updateConfig",
    "upgradeSettings",
];

/// What objects say of nodes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// Their template, and how many of them there are.
    Template,
    /// What each of them is like.
    Likeness,
    /// Both, in the words of a provider.
    Pool,
}

/// What an object says of nodes; `None` for most kinds.
fn says(id: &ResourceId) -> Option<Says> {
    let (group, kind) = (id.group(), id.kind.as_ref());
    match (group, kind) {
        ("karpenter.sh", "NodePool")
        | ("cluster.x-k8s.io", "MachinePool" | "MachineDeployment") => Some(Says::Template),
        ("bootstrap.cluster.x-k8s.io", _) => Some(Says::Likeness),
        ("infrastructure.cluster.x-k8s.io", kind) if kind.ends_with("MachinePool") => {
            Some(Says::Pool)
        }
        (group, kind) if group.starts_with("karpenter.") && kind.ends_with("NodeClass") => {
            Some(Says::Likeness)
        }
        _ => None,
    }
}

/// Whether an object makes nodes, which go with it.
pub(super) fn makes(id: &ResourceId) -> bool {
    matches!(says(id), Some(Says::Template | Says::Pool))
}

/// Whether another value of this field makes other nodes take the place of those that are there.
pub(super) fn replaces(id: &ResourceId, path: &FieldPath) -> bool {
    match says(id) {
        None => false,
        Some(Says::Template) => path.is_below("spec.template"),
        Some(Says::Likeness) => path.is_below("spec"),
        Some(Says::Pool) => {
            let is_in_place = path.0.iter().any(|step| match step {
                Step::Field(name) | Step::Key(name) => TAKEN_IN_PLACE.contains(&name.as_str()),
                Step::Item { .. } | Step::Inside => false,
            });
            path.is_below("spec") && !is_in_place
        }
    }
}
