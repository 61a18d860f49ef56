//! Disruption budgets: how many pods of a workload a drain may take at a time.

use k8s_openapi::api::policy::v1 as policy;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use manifest::Manifest;
use names::ObjectName;

use crate::Identity;

/// A `PodDisruptionBudget` under construction.
///
/// It is said as what may be missing or what must stay, never both, and it always lets pods go that are not ready
/// anyway, since they would otherwise block every drain.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct DisruptionBudget {
    identity: Identity,
    name: ObjectName,
    spec: policy::PodDisruptionBudgetSpec,
}

impl DisruptionBudget {
    fn new(identity: &Identity, spec: policy::PodDisruptionBudgetSpec) -> Self {
        let spec = policy::PodDisruptionBudgetSpec {
            selector: Some(identity.label_selector()),
            unhealthy_pod_eviction_policy: Some("AlwaysAllow".to_owned()),
            ..spec
        };
        Self {
            identity: identity.clone(),
            name: identity.name().clone().into(),
            spec,
        }
    }

    /// At most `count` pods may be missing.
    pub fn max_unavailable(identity: &Identity, count: u16) -> Self {
        let count = Some(IntOrString::Int(count.into()));
        Self::new(
            identity,
            policy::PodDisruptionBudgetSpec {
                max_unavailable: count,
                ..Default::default()
            },
        )
    }

    /// At least `count` pods must stay.
    pub fn min_available(identity: &Identity, count: u16) -> Self {
        let count = Some(IntOrString::Int(count.into()));
        Self::new(
            identity,
            policy::PodDisruptionBudgetSpec {
                min_available: count,
                ..Default::default()
            },
        )
    }

    /// Another name than the workload's.
    pub fn named(mut self, name: impl Into<ObjectName>) -> Self {
        self.name = name.into();
        self
    }

    /// Changes what this builder has no word for; say why at the call.
    pub fn patch(mut self, change: impl FnOnce(&mut policy::PodDisruptionBudgetSpec)) -> Self {
        change(&mut self.spec);
        self
    }

    /// The manifest.
    #[track_caller]
    pub fn manifest(self) -> Manifest {
        let budget = policy::PodDisruptionBudget {
            metadata: self.identity.metadata(),
            spec: Some(self.spec),
            ..Default::default()
        };
        Manifest::namespaced(self.identity.namespace(), self.name, budget)
    }
}
