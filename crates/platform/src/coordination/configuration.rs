//! What the coordinator is told: leader election, strategies, circuit breakers and tiers.

use builders::{ConfigMap, Identity};
use configs::coordinator::{
    Addresses, CircuitBreaker, Configuration, LeaderElection, Pauses, Placement, Strategy,
    TierPolicy, Toleration,
};
use environment::{CoordinationStrategy, Coordinator, Environment, Tier};
use names::{ComponentName, ConfigMapName, DataKey, ObjectName, name};

use crate::convert::update_mode;
use crate::tenancy::Pool;

/// The key of the file.
pub(super) const FILE: DataKey = DataKey::from_static("config.yaml");

/// The ConfigMap with the coordinator's file.
pub(super) fn config(
    environment: &Environment,
    settings: &Coordinator,
    identity: &Identity,
    lease: &ObjectName,
    listen: Addresses,
) -> ConfigMap {
    let pauses = Pauses {
        after_vpa_update: settings.coordinated.after_vpa_update,
        before_nap_action: settings.coordinated.before_nap_action,
    };
    let election = LeaderElection::over(lease, identity.namespace());
    let isolated = placement(&Pool::named(environment, &settings.isolated_pool));
    let mut configuration = Configuration::new(election, listen, isolated, pauses);
    for (name, breaker) in &settings.circuit_breakers {
        let breaker = CircuitBreaker {
            node_churn_per_hour: breaker.node_churn_per_hour,
            eviction_rate_per_minute: breaker.eviction_rate_per_minute,
            cooldown_minutes: breaker.cooldown.as_minutes(),
        };
        configuration = configuration.circuit_breaker(name, breaker);
    }
    let tiers = environment
        .tenancy
        .iter()
        .flat_map(|tenancy| &tenancy.tiers);
    for (name, tier) in tiers {
        configuration = configuration.tier(name, policy(name, tier));
    }
    ConfigMap::new(
        identity,
        &name!(ConfigMapName, "vpa-nap-coordinator-config"),
    )
    .entry(&FILE, configuration.to_text())
}

fn placement(pool: &Pool) -> Placement {
    Placement {
        node_selector: pool.labels(),
        tolerations: pool
            .taints
            .iter()
            .map(|taint| {
                Toleration::of(
                    taint.key.clone(),
                    taint.value.clone(),
                    taint.effect.as_str(),
                )
            })
            .collect(),
    }
}

fn policy(name: &ComponentName, tier: &Tier) -> TierPolicy {
    TierPolicy {
        namespaces: format!("tenant-{name}-*"),
        update_mode: update_mode(tier.vpa.mode.value).as_str(),
        coordination_strategy: match tier.vpa.coordination.value {
            CoordinationStrategy::Coordinated => Strategy::Coordinated,
            CoordinationStrategy::Isolated => Strategy::Isolated,
        },
        node_pool: tier.node_pool.value.clone(),
        circuit_breaker: tier.circuit_breaker.value.clone(),
    }
}
