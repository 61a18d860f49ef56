//! Nodes: each pool's machine belongs to its class, and its nodes stand in zones of the cluster.

use super::machines::{bounds, machines_of};
use crate::values::{Environment, NodePool};
use crate::{Diagnostics, nearest};

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    for pool in environment.nodes.pools.values() {
        check_pool(environment, pool, diagnostics);
    }
}

fn check_pool(environment: &Environment, pool: &NodePool, diagnostics: &mut Diagnostics) {
    let machines = machines_of(&environment.cluster.provider);
    let Some(machine) = machines
        .iter()
        .find(|machine| machine.name == pool.machine.value)
    else {
        let near = nearest(&pool.machine, machines.iter().map(|machine| machine.name));
        diagnostics
            .error(
                &pool.machine.origin,
                format!("unknown machine type `{}`", pool.machine.value),
            )
            .maybe_help(near.map(|near| format!("did you mean `{near}`?")));
        return;
    };
    let bounds = bounds(pool.class);
    let inside = |value: u64, (least, most): (u64, u64)| (least..=most).contains(&value);
    if !inside(machine.cpu, bounds.cpu) || !inside(machine.memory, bounds.memory) {
        diagnostics
            .error(
                &pool.machine.origin,
                format!(
                    "{} has {} CPU and {} GiB, which is not of the class `{}`",
                    machine.name, machine.cpu, machine.memory, pool.class
                ),
            )
            .help(format!(
                "the class has {} to {} CPU and {} to {} GiB",
                bounds.cpu.0, bounds.cpu.1, bounds.memory.0, bounds.memory.1
            ));
    }
    if !(bounds.disk.0..=bounds.disk.1).contains(&pool.disk.value) {
        diagnostics
            .error(
                &pool.disk.origin,
                format!(
                    "a disk of {} is not of the class `{}`",
                    pool.disk.value, pool.class
                ),
            )
            .help(if bounds.disk.0 == bounds.disk.1 {
                format!("every pool of the class has {}", bounds.disk.0)
            } else {
                format!("the class has {} to {}", bounds.disk.0, bounds.disk.1)
            });
    }
    if *pool.size.upper() == 0 {
        diagnostics
            .error(&pool.size.origin, "a pool of no nodes at most")
            .help("leave the pool out instead");
    }
}
