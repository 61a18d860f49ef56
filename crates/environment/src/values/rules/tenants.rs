//! Tenants: each has a tier that exists and a namespace of its own, and a tier's largest container fits where it runs.

use std::collections::BTreeMap;

use names::{Bytes, ComponentName, Cpu, Name, NamespaceName, ObjectName};

use super::machines::machines_of;
use crate::values::{Environment, Tenancy, Tier, tenant_namespace};
use crate::{Diagnostics, Located, Origin, nearest};

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    for tenant in environment.tenants.values() {
        known_tier(environment, &tenant.tier, diagnostics);
    }
    if let Some(tenancy) = &environment.tenancy {
        policies_are_run(environment, tenancy, diagnostics);
        namespaces(environment, tenancy, diagnostics);
        for tier in tenancy.tiers.values() {
            check_tier(environment, tenancy, tier, diagnostics);
        }
    }
}

/// What tenants get follows from policies, and their autoscalers from those.
fn policies_are_run(environment: &Environment, tenancy: &Tenancy, diagnostics: &mut Diagnostics) {
    let Some(tier) = tenancy.tiers.values().next() else {
        return;
    };
    let addons = &environment.addons;
    let needed = [
        ("kyverno", addons.kyverno.is_some()),
        (
            "verticalPodAutoscaler",
            addons.vertical_pod_autoscaler.is_some(),
        ),
    ];
    for (addon, _) in needed.into_iter().filter(|(_, is_there)| !is_there) {
        diagnostics
            .error(
                &tier.vpa.mode.origin,
                format!("tenants get their autoscalers and their places from `{addon}`, which is not installed"),
            )
            .help(format!("add `{addon}` with its version to `addons`"));
    }
}

fn known_tier(
    environment: &Environment,
    tier: &Located<ComponentName>,
    diagnostics: &mut Diagnostics,
) {
    let tiers = environment
        .tenancy
        .iter()
        .flat_map(|tenancy| &tenancy.tiers);
    let names: Vec<&str> = tiers.map(|(name, _)| name.as_str()).collect();
    if names.contains(&tier.as_str()) {
        return;
    }
    let near = nearest(tier.as_str(), names);
    diagnostics
        .error(&tier.origin, format!("unknown tier `{}`", tier.value))
        .maybe_help(near.map(|near| format!("did you mean `{near}`?")));
}

/// Every name with its tier and place; the test workload is a tenant of each tier.
fn named<'a>(
    environment: &'a Environment,
    tenancy: &'a Tenancy,
) -> Vec<(&'a ComponentName, &'a ComponentName, Origin)> {
    let test = tenancy.test.as_ref().map(|test| &test.tenant);
    let tests = test.into_iter().flat_map(|test| {
        tenancy
            .tiers
            .keys()
            .map(|tier| (tier, &test.value, test.origin))
    });
    let tenants = environment
        .tenants
        .iter()
        .map(|(name, tenant)| (&tenant.tier.value, &name.value, name.origin));
    tests.chain(tenants).collect()
}

fn namespaces(environment: &Environment, tenancy: &Tenancy, diagnostics: &mut Diagnostics) {
    let mut taken: BTreeMap<NamespaceName, Origin> = BTreeMap::new();
    for (tier, name, origin) in named(environment, tenancy) {
        let length = format!("tenant-{tier}-{name}").len();
        let most = NamespaceName::MAXIMUM_LENGTH;
        if length > most {
            diagnostics
                .error(
                    &origin,
                    format!("the namespace of `{name}` would have a name of {length} characters"),
                )
                .help(format!(
                    "a namespace has {most} at most: this name may have {}",
                    (most + name.as_str().len()).saturating_sub(length)
                ));
            continue;
        }
        let namespace = tenant_namespace(tier, name);
        let message = format!("the namespace {namespace} would belong to two tenants");
        if environment.namespaces.contains_key(&namespace) {
            diagnostics.error(
                &origin,
                format!("the namespace {namespace} is one of the environment's own already"),
            );
        } else if let Some(first) = taken.insert(namespace, origin) {
            diagnostics
                .error(&origin, message)
                .label(&first, "the first of them");
        }
    }
}

fn check_tier(
    environment: &Environment,
    tenancy: &Tenancy,
    tier: &Tier,
    diagnostics: &mut Diagnostics,
) {
    if !tenancy
        .monitoring
        .tiers
        .contains_key(&tier.monitoring.value)
    {
        diagnostics.error(
            &tier.monitoring.origin,
            format!(
                "nothing says what the monitoring tier `{}` is",
                tier.monitoring.value
            ),
        );
    }
    circuit_breaker(environment, tier, diagnostics);
    quota(tier, diagnostics);
    pool(environment, tier, diagnostics);
}

fn circuit_breaker(environment: &Environment, tier: &Tier, diagnostics: &mut Diagnostics) {
    let names: Vec<&str> = environment
        .coordinator
        .iter()
        .flat_map(|coordinator| coordinator.circuit_breakers.keys())
        .map(ComponentName::as_str)
        .collect();
    if names.contains(&tier.circuit_breaker.as_str()) {
        return;
    }
    let near = nearest(tier.circuit_breaker.as_str(), names);
    diagnostics
        .error(
            &tier.circuit_breaker.origin,
            format!("unknown circuit breaker `{}`", tier.circuit_breaker.value),
        )
        .maybe_help(near.map(|near| format!("did you mean `{near}`?")));
}

fn quota(tier: &Tier, diagnostics: &mut Diagnostics) {
    if tier.vpa.max_cpu.value > *tier.quota.cpu.upper() {
        diagnostics
            .error(
                &tier.vpa.max_cpu.origin,
                "one container may have more CPU than all pods of the tenant together",
            )
            .label(&tier.quota.cpu.origin, "the limit of the quota");
    }
    if tier.vpa.max_memory.value > *tier.quota.memory.upper() {
        diagnostics
            .error(
                &tier.vpa.max_memory.origin,
                "one container may have more memory than all pods of the tenant together",
            )
            .label(&tier.quota.memory.origin, "the limit of the quota");
    }
}

/// The largest machine of a pool, and where that is said.
fn largest(environment: &Environment, pool: &ObjectName) -> Option<(Cpu, Bytes, Origin)> {
    if let Some(pool) = environment.nodes.provisioned.get(pool) {
        let cpu = Cpu::cores(*pool.cpu.upper());
        return Some((cpu, *pool.memory.upper(), pool.memory.origin));
    }
    let pool = environment.nodes.pools.get(pool)?;
    let machine = machines_of(&environment.cluster.provider)
        .iter()
        .find(|machine| machine.name == pool.machine.value)?;
    let (cpu, memory) = (Cpu::millis(machine.cpu * 1000), machine.memory);
    Some((cpu, Bytes::new(memory << 30), pool.machine.origin))
}

fn pool(environment: &Environment, tier: &Tier, diagnostics: &mut Diagnostics) {
    node_pool_exists(environment, &tier.node_pool, diagnostics);
    let Some((cpu, memory, origin)) = largest(environment, &tier.node_pool) else {
        return;
    };
    // A node keeps a part of both for itself.
    if tier.vpa.max_cpu.value >= cpu {
        diagnostics
            .error(
                &tier.vpa.max_cpu.origin,
                format!(
                    "no node of the pool `{}` has {} CPU to give",
                    tier.node_pool.value, tier.vpa.max_cpu.value
                ),
            )
            .label(&origin, format!("{cpu} CPU at most, less what is reserved"));
    }
    if tier.vpa.max_memory.value >= memory {
        diagnostics
            .error(
                &tier.vpa.max_memory.origin,
                format!(
                    "no node of the pool `{}` has {} of memory to give",
                    tier.node_pool.value, tier.vpa.max_memory.value
                ),
            )
            .label(&origin, format!("{memory} at most, less what is reserved"));
    }
}

pub(super) fn node_pool_exists(
    environment: &Environment,
    pool: &Located<ObjectName>,
    diagnostics: &mut Diagnostics,
) {
    let nodes = &environment.nodes;
    let names: Vec<&str> = nodes
        .provisioned
        .keys()
        .chain(nodes.pools.keys())
        .map(ObjectName::as_str)
        .collect();
    if names.contains(&pool.as_str()) {
        return;
    }
    let near = nearest(pool.as_str(), names);
    diagnostics
        .error(&pool.origin, format!("unknown node pool `{}`", pool.value))
        .maybe_help(near.map(|near| format!("did you mean `{near}`?")));
}
