//! The whole file.

use std::collections::BTreeMap;

use names::{ComponentName, Duration, NamespaceName, ObjectName, Port};
use serde::{Serialize, Serializer};

use super::pools::PoolRule;
use super::strategies::{Pauses, Placement, Strategy, seconds};
use crate::serialize;

/// How the replicas agree on the one that acts: client-go's leader election over a Lease.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LeaderElection {
    enabled: bool,
    #[serde(serialize_with = "serialize::display")]
    lease_name: ObjectName,
    #[serde(serialize_with = "serialize::display")]
    lease_namespace: NamespaceName,
    #[serde(serialize_with = "seconds")]
    lease_duration: Duration,
    #[serde(serialize_with = "seconds")]
    renew_deadline: Duration,
    #[serde(serialize_with = "seconds")]
    retry_period: Duration,
    release_on_cancel: bool,
}

impl LeaderElection {
    /// Over this Lease, with the durations that Kubernetes' own controllers use: another replica takes over within a
    /// quarter of a minute of a crash, and at once after an orderly end.
    pub fn over(lease: &ObjectName, namespace: &NamespaceName) -> Self {
        Self {
            enabled: true,
            lease_name: lease.clone(),
            lease_namespace: namespace.clone(),
            lease_duration: Duration::seconds(15),
            renew_deadline: Duration::seconds(10),
            retry_period: Duration::seconds(2),
            release_on_cancel: true,
        }
    }
}

/// The ports that the program listens on, on every address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Addresses {
    /// `/metrics`.
    #[serde(serialize_with = "every_address")]
    pub metrics: Port,
    /// `/healthz` and `/readyz`.
    #[serde(serialize_with = "every_address")]
    pub health: Port,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out a reference"
)]
fn every_address<S: Serializer>(port: &Port, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!(":{port}"))
}

/// How much movement is let through before everything stands still for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CircuitBreaker {
    /// Nodes that may come or go in an hour.
    pub node_churn_per_hour: u32,
    /// Pods that may be evicted in a minute.
    pub eviction_rate_per_minute: u32,
    /// How many minutes nothing moves after that.
    pub cooldown_minutes: u64,
}

/// What holds for the tenants of one tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TierPolicy {
    /// The form of their namespaces' names.
    pub namespaces: String,
    /// What the VPA does with recommendations.
    pub update_mode: &'static str,
    /// How pods and nodes are kept apart.
    pub coordination_strategy: Strategy,
    /// The pool that their pods run on.
    #[serde(serialize_with = "serialize::display")]
    pub node_pool: ObjectName,
    /// The circuit breaker that protects them.
    #[serde(serialize_with = "serialize::display")]
    pub circuit_breaker: ComponentName,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Coordinated {
    coordination: Pauses,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Strategies {
    isolated: Placement,
    coordinated: Coordinated,
}

/// The file that the coordinator reads at its start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Configuration {
    leader_election: LeaderElection,
    listen: Addresses,
    pools: [PoolRule; 4],
    strategies: Strategies,
    circuit_breaker: BTreeMap<String, CircuitBreaker>,
    tiers: BTreeMap<String, TierPolicy>,
}

impl Configuration {
    /// A coordinator without circuit breakers and tiers.
    pub fn new(
        leader_election: LeaderElection,
        listen: Addresses,
        isolated: Placement,
        coordination: Pauses,
    ) -> Self {
        Self {
            leader_election,
            listen,
            pools: PoolRule::ALL,
            strategies: Strategies {
                isolated,
                coordinated: Coordinated { coordination },
            },
            circuit_breaker: BTreeMap::new(),
            tiers: BTreeMap::new(),
        }
    }

    /// The same with a circuit breaker that tiers name.
    pub fn circuit_breaker(mut self, name: &ComponentName, breaker: CircuitBreaker) -> Self {
        self.circuit_breaker.insert(name.to_string(), breaker);
        self
    }

    /// The same with a tier.
    pub fn tier(mut self, name: &ComponentName, policy: TierPolicy) -> Self {
        self.tiers.insert(name.to_string(), policy);
        self
    }

    /// The file.
    pub fn to_text(&self) -> String {
        yaml::text(self)
    }
}
