//! Pools whose nodes are made as pods need them: only where the provider does that, of machines that there are.

use crate::Diagnostics;
use crate::values::{Environment, Provider, ProvisionedPool};

/// The weights that Karpenter takes.
const WEIGHTS: std::ops::RangeInclusive<u8> = 1..=100;

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    for (name, pool) in &environment.nodes.provisioned {
        if !matches!(environment.cluster.provider, Provider::Aks(_)) {
            diagnostics
                .error(
                    &pool.origin,
                    format!("nobody makes the nodes of `{name}`: that is a part of AKS"),
                )
                .help("give it a machine type and a size under `nodes.pools`");
        }
        machines(pool, diagnostics);
        budgets(pool, diagnostics);
        if environment.nodes.pools.contains_key(name) {
            diagnostics.error(
                &pool.origin,
                format!("`{name}` is the name of a pool with a size of its own, too"),
            );
        }
    }
}

fn machines(pool: &ProvisionedPool, diagnostics: &mut Diagnostics) {
    if pool.families.is_empty() {
        diagnostics
            .error(&pool.families.origin, "a pool of no family of machines")
            .help("name at least one, such as `D`");
    }
    if pool.capacity.is_empty() {
        diagnostics
            .error(
                &pool.capacity.origin,
                "a pool whose machines are bought in no way",
            )
            .help("name `on-demand`, `spot` or both");
    }
    if !WEIGHTS.contains(&pool.weight.value) {
        diagnostics
            .error(
                &pool.weight.origin,
                format!("a pool cannot have the weight {}", pool.weight.value),
            )
            .help(format!("from {} to {}", WEIGHTS.start(), WEIGHTS.end()));
    }
    let cpu = names::Cpu::millis(u64::from(*pool.cpu.lower()) * 1000);
    if pool.limits.cpu.value < cpu {
        diagnostics
            .error(
                &pool.limits.cpu.origin,
                "the smallest machine has more CPU than all nodes of the pool may have together",
            )
            .label(&pool.cpu.origin, "the CPUs of one machine");
    }
    if pool.limits.memory.value < *pool.memory.lower() {
        diagnostics
            .error(
                &pool.limits.memory.origin,
                "the smallest machine has more memory than all nodes of the pool may have together",
            )
            .label(&pool.memory.origin, "the memory of one machine");
    }
}

/// Karpenter takes the beginning and the length of a time together or not at all.
fn budgets(pool: &ProvisionedPool, diagnostics: &mut Diagnostics) {
    for budget in &pool.budgets {
        match (&budget.schedule, &budget.duration) {
            (Some(schedule), None) => {
                diagnostics
                    .error(
                        &schedule.origin,
                        "a budget that begins to hold at a time and never ends",
                    )
                    .help("say its `duration`");
            }
            (None, Some(duration)) => {
                diagnostics
                    .error(
                        &duration.origin,
                        "a budget that holds for a time and never begins",
                    )
                    .help("say its `schedule`");
            }
            _ => {}
        }
    }
}
