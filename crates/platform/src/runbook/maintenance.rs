//! Nodes, upgrades, and what the provider keeps to itself.

use configs::runbook::{Budget, Maintenance, Pool};
use k8s_openapi::api::policy::v1::PodDisruptionBudget;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::Page;
use super::index::namespace;
use crate::annotations::NOT_SETTABLE;
use crate::cluster::POOL;

pub(super) fn maintenance(page: &Page<'_>) -> Maintenance {
    let environment = page.environment;
    Maintenance {
        environment: page.name.to_owned(),
        next_kubernetes: environment.kubernetes.next().to_string(),
        pool_label: POOL.to_string(),
        pools: pools(page),
        budgets: budgets(page),
        limits: limits(page),
    }
}

/// Pools of a size first, then those whose nodes are made as pods need them.
fn pools(page: &Page<'_>) -> Vec<Pool> {
    let nodes = &page.environment.nodes;
    let sized = nodes.pools.iter().map(|(name, pool)| Pool {
        name: name.to_string(),
        machine: pool.machine.to_string(),
        nodes: format!("{}–{}", pool.size.lower(), pool.size.upper()),
        selector: format!("{POOL}={name}"),
    });
    let provisioned = nodes.provisioned.keys().map(|name| Pool {
        name: name.to_string(),
        machine: "chosen for the pods".to_owned(),
        nodes: "as pods need them".to_owned(),
        selector: format!("karpenter.sh/nodepool={name}"),
    });
    sized.chain(provisioned).collect()
}

fn budgets(page: &Page<'_>) -> Vec<Budget> {
    let number = |number: &IntOrString| match number {
        IntOrString::Int(count) => count.to_string(),
        IntOrString::String(share) => share.clone(),
    };
    page.index
        .of_type::<PodDisruptionBudget>()
        .into_iter()
        .map(|(manifest, budget)| {
            let spec = budget.spec.clone().unwrap_or_default();
            let least = spec.min_available.as_ref().map(number);
            let most = spec.max_unavailable.as_ref().map(number);
            let holds = match (least, most) {
                (Some(least), _) => format!("at least {least} available"),
                (None, Some(most)) => format!("at most {most} unavailable"),
                (None, None) => "nothing".to_owned(),
            };
            Budget {
                namespace: namespace(manifest),
                name: manifest.id().name.clone(),
                holds,
            }
        })
        .collect()
}

fn limits(page: &Page<'_>) -> Vec<String> {
    page.index
        .objects()
        .filter_map(|manifest| {
            let annotations = manifest.metadata().annotations.as_ref()?;
            annotations.get(NOT_SETTABLE.as_str()).cloned()
        })
        .collect()
}
