//! The coordinator's file, as reviewed.

use std::collections::BTreeMap;

use configs::coordinator::{
    Addresses, CircuitBreaker, Configuration, LeaderElection, Pauses, Placement, Strategy,
    TierPolicy, Toleration,
};
use names::{
    ComponentName, Duration, NamespaceName, ObjectName, label_key, label_value, name, port,
};

use crate::snapshots;

#[test]
fn a_file_with_a_breaker_and_a_tier() {
    let placement = Placement {
        node_selector: BTreeMap::from([("node-pool".to_owned(), "apart".to_owned())]),
        tolerations: vec![Toleration::of(
            label_key!("resized"),
            label_value!("true"),
            "NoSchedule",
        )],
    };
    let pauses = Pauses {
        after_vpa_update: Duration::minutes(5),
        before_nap_action: Duration::minutes(10),
    };
    let listen = Addresses {
        metrics: port!(8080),
        health: port!(8081),
    };
    let election = LeaderElection::over(
        &name!(ObjectName, "coordinator"),
        &name!(NamespaceName, "platform"),
    );
    let breaker = CircuitBreaker {
        node_churn_per_hour: 4,
        eviction_rate_per_minute: 3,
        cooldown_minutes: 20,
    };
    let tier = TierPolicy {
        namespaces: "tenant-basic-*".to_owned(),
        update_mode: "Off",
        coordination_strategy: Strategy::Isolated,
        node_pool: name!(ObjectName, "workers"),
        circuit_breaker: name!(ComponentName, "careful"),
    };
    let text = Configuration::new(election, listen, placement, pauses)
        .circuit_breaker(&name!(ComponentName, "careful"), breaker)
        .tier(&name!(ComponentName, "basic"), tier)
        .to_text();
    snapshots().bind(|| insta::assert_snapshot!("coordinator__configuration", text));
}
