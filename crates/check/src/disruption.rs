//! What disruption budgets leave to those who drain nodes: how many pods of what each of them covers may go.

use manifest::ResourceId;

use crate::cluster::Cluster;
use crate::context::Context;
use crate::document::Document;
use crate::rules::workload::budgets::{self, Amount};
use crate::rules::workload::scale::Scalers;

/// A disruption budget with what it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The budget.
    pub id: ResourceId,
    /// The workloads whose pods it covers.
    pub covers: Vec<ResourceId>,
    /// How many pods these have at the least; `None` where the objects do not say.
    pub pods: Option<u64>,
    /// How many of those may be evicted at once while all are ready; `None` where that depends on what is not said.
    pub may_go: Option<u64>,
}

/// Every disruption budget among the objects.
pub fn budgets<'d>(
    documents: impl IntoIterator<Item = &'d Document> + Clone,
    context: &'d Context<'_>,
) -> Vec<Budget> {
    let cluster = Cluster::new(documents, context);
    let scalers = Scalers::of(&cluster);
    let covered = budgets::covered(&cluster).into_iter();
    covered
        .map(|(budget, templates)| {
            let pods = budgets::least(&scalers, &templates);
            Budget {
                id: budget.id.clone(),
                covers: templates
                    .iter()
                    .map(|template| template.owner.id.clone())
                    .collect(),
                pods,
                may_go: may_go(budget, pods),
            }
        })
        .collect()
}

fn may_go(budget: &Document, pods: Option<u64>) -> Option<u64> {
    let most = Amount::of(budget, "maxUnavailable");
    let wanted = Amount::of(budget, "minAvailable");
    match (most, wanted, pods) {
        (Some(most), _, _) if most.is_none() => Some(0),
        (_, Some(wanted), _) if wanted.is_all() => Some(0),
        (Some(most), _, Some(pods)) => Some(most.out_of(pods).min(pods)),
        (None, Some(wanted), Some(pods)) => Some(pods.saturating_sub(wanted.out_of(pods))),
        // A budget that says nothing keeps nothing.
        (None, None, Some(pods)) => Some(pods),
        (_, _, None) => None,
    }
}

/// Whether objects of a kind of this name, of whichever group, decide over what may be evicted.
pub fn concerns(kind: &str) -> bool {
    matches!(
        kind,
        "PodDisruptionBudget" | "HorizontalPodAutoscaler" | "ScaledObject"
    ) || crate::cluster::may_run_pods(kind)
}
