//! How many pods a workload has at least, as far as the objects say it.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::autoscaling::{HORIZONTAL, Target};
use crate::cluster::{Cluster, Template, namespace_of, text};
use crate::document::Document;
use crate::pointer::Lookup;

/// Namespace, kind and name of a workload.
type Key<'a> = (&'a str, &'a str, &'a str);

/// The fewest pods that autoscalers leave to each workload, with the autoscaler.
pub(crate) struct Scalers<'a>(BTreeMap<Key<'a>, (u64, &'a Document)>);

impl<'a> Scalers<'a> {
    /// All horizontal autoscalers, those of KEDA included.
    pub(crate) fn of(cluster: &Cluster<'a>) -> Self {
        let mut scalers = BTreeMap::new();
        for scaler in cluster.of_kind("autoscaling", "HorizontalPodAutoscaler") {
            if let Some(target) = Target::of(scaler, HORIZONTAL) {
                let least = least(scaler);
                scalers.insert(
                    (namespace_of(scaler), target.kind, target.name),
                    (least, *scaler),
                );
            }
        }
        for scaler in cluster.of_kind("keda.sh", "ScaledObject") {
            let least = scaler
                .value
                .lookup("/spec/minReplicaCount")
                .and_then(Json::as_u64);
            if let Some(name) = text(&scaler.value, "/spec/scaleTargetRef/name") {
                let kind = text(&scaler.value, "/spec/scaleTargetRef/kind").unwrap_or("Deployment");
                let key = (namespace_of(scaler), kind, name);
                scalers.insert(key, (least.unwrap_or(0), *scaler));
            }
        }
        Self(scalers)
    }

    /// The fewest pods that an autoscaler leaves to a workload, with the autoscaler.
    pub(crate) fn scaling(&self, workload: &Document) -> Option<(u64, &'a Document)> {
        let key = (
            namespace_of(workload),
            workload.id.kind.as_ref(),
            workload.id.name.as_str(),
        );
        self.0.get(&key).copied()
    }

    /// How many pods a workload has at least.
    pub(crate) fn least(&self, template: &Template<'_, '_>) -> Least {
        if !template.is_replicated() {
            return Least::Unsaid;
        }
        if let Some((least, _)) = self.scaling(template.owner) {
            return Least::Pods(least);
        }
        // Who leaves the number out leaves it to something that is not among the objects.
        match template.owner.value.lookup("/spec/replicas") {
            None | Some(Json::Null) => Least::Unsaid,
            Some(replicas) => replicas.as_u64().map_or(Least::Unsaid, Least::Pods),
        }
    }
}

/// The fewest pods of a workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Least {
    /// So many.
    Pods(u64),
    /// The objects do not say.
    Unsaid,
}

impl Least {
    /// Whether there is, or may be, more than one pod.
    pub(crate) fn may_be_several(self) -> bool {
        !matches!(self, Self::Pods(0 | 1))
    }
}

/// The fewest pods that a horizontal autoscaler leaves; one where it does not say.
pub(crate) fn least(scaler: &Document) -> u64 {
    let least = scaler
        .value
        .lookup("/spec/minReplicas")
        .and_then(Json::as_u64);
    least.unwrap_or(1)
}
