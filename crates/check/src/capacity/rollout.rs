//! How many pods there are while a new version takes over.

use serde_json::Value as Json;

use crate::cluster::{list, text};
use crate::pointer::Lookup;

/// A number of pods that stays within what any cluster runs, so that no file can make the arithmetic overflow.
pub(super) const MOST: u64 = 1_000_000_000;

/// A count in a field, within bounds.
pub(super) fn count(value: &Json, pointer: &str) -> Option<u64> {
    value
        .lookup(pointer)
        .and_then(Json::as_i64)
        .map(|count| u64::try_from(count).unwrap_or(0).min(MOST))
}

/// A whole number or a share in percent of `whole`, rounded up.
fn share_rounded_up(value: Option<&Json>, otherwise: &str, whole: u64) -> u64 {
    let share = |text: &str| {
        let percent: u64 = text.strip_suffix('%')?.parse().ok()?;
        Some((whole.saturating_mul(percent.min(10_000))).div_ceil(100))
    };
    match value {
        Some(Json::Number(number)) => number.as_u64().unwrap_or(0).min(MOST),
        Some(Json::String(text)) => share(text).unwrap_or(0),
        _ => share(otherwise).unwrap_or(0),
    }
}

/// The most pods at one time while a Deployment of `replicas` pods is updated.
pub(super) fn deployment(value: &Json, replicas: u64) -> u64 {
    if text(value, "/spec/strategy/type") == Some("Recreate") {
        return replicas;
    }
    let surge = value.lookup("/spec/strategy/rollingUpdate/maxSurge");
    replicas + share_rounded_up(surge, "25%", replicas)
}

/// The most pods of a daemon set at one time, which runs on `nodes` nodes.
pub(super) fn daemon_set(value: &Json, nodes: u64) -> u64 {
    let surge = value.lookup("/spec/updateStrategy/rollingUpdate/maxSurge");
    nodes + share_rounded_up(surge, "0%", nodes)
}

/// The most pods at one time while a Rollout of `replicas` pods is updated (Argo Rollouts' pages on its strategies, on
/// traffic management and on scaling the canary).
pub(super) fn rollout(value: &Json, replicas: u64) -> u64 {
    // Before the new version is switched to it has all its pods, whatever the preview had.
    if value.lookup("/spec/strategy/blueGreen").is_some() {
        return replicas.saturating_mul(2);
    }
    let Some(canary) = value.lookup("/spec/strategy/canary") else {
        return replicas;
    };
    if canary.get("trafficRouting").is_none() {
        // Old and new version share the pods, and some more.
        return replicas + share_rounded_up(canary.get("maxSurge"), "25%", replicas);
    }
    if canary.get("dynamicStableScale").and_then(Json::as_bool) == Some(true) {
        return shifting(canary, replicas);
    }
    // The old version keeps all its pods until the new one has all the traffic, and with it all its pods.
    replicas + replicas.max(largest_canary(canary, replicas))
}

/// Pods of the canary in the step that has most of them.
fn largest_canary(canary: &Json, replicas: u64) -> u64 {
    let steps = list(canary, "/steps").filter_map(|(_, step)| {
        count(step, "/setCanaryScale/replicas").or_else(|| {
            let weight = count(step, "/setCanaryScale/weight")?;
            Some(portion(weight, replicas))
        })
    });
    steps.max().unwrap_or(0)
}

/// The old version shrinks as the new one gets its traffic: first the new pods come, then the old ones go.
fn shifting(canary: &Json, replicas: u64) -> u64 {
    let mut before = 0;
    let mut most = replicas;
    let weights = list(canary, "/steps").filter_map(|(_, step)| count(step, "/setWeight"));
    for weight in weights.chain([100]) {
        let old = portion(100_u64.saturating_sub(before), replicas);
        most = most.max(old + portion(weight, replicas));
        before = weight.min(100);
    }
    most
}

fn portion(weight: u64, replicas: u64) -> u64 {
    replicas.saturating_mul(weight.min(100)).div_ceil(100)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{daemon_set, deployment, rollout};

    #[test]
    fn a_deployment_surges_as_kubernetes_rounds() {
        let surging = |surge| json!({"spec": {"strategy": {"rollingUpdate": {"maxSurge": surge}}}});
        assert_eq!(deployment(&json!({}), 10), 13, "a quarter, rounded up");
        assert_eq!(deployment(&json!({}), 1), 2);
        assert_eq!(deployment(&json!({}), 0), 0);
        assert_eq!(deployment(&surging(json!(2)), 10), 12);
        assert_eq!(deployment(&surging(json!("1%")), 10), 11);
        assert_eq!(deployment(&surging(json!("200%")), 10), 30);
        assert_eq!(deployment(&surging(json!("much")), 10), 10);
        assert_eq!(
            deployment(&json!({"spec": {"strategy": {"type": "Recreate"}}}), 10),
            10
        );
        assert_eq!(daemon_set(&json!({}), 7), 7);
    }

    #[test]
    fn a_rollout_has_two_versions_at_a_time() {
        let canary = |canary| json!({"spec": {"strategy": {"canary": canary}}});
        assert_eq!(
            rollout(
                &json!({"spec": {"strategy": {"blueGreen": {"previewReplicaCount": 1}}}}),
                4
            ),
            8
        );
        assert_eq!(
            rollout(&canary(json!({"steps": [{"setWeight": 20}]})), 10),
            13
        );
        assert_eq!(rollout(&canary(json!({"maxSurge": 0})), 10), 10);
        let routed = json!({"trafficRouting": {}, "steps": [{"setWeight": 5}, {"setWeight": 100}]});
        assert_eq!(rollout(&canary(routed), 10), 20);
        let larger = json!({"trafficRouting": {}, "steps": [{"setCanaryScale": {"replicas": 12}}]});
        assert_eq!(rollout(&canary(larger), 10), 22);
        let shifting =
            |steps| json!({"trafficRouting": {}, "dynamicStableScale": true, "steps": steps});
        let by_weight = |weights: &[u64]| {
            let steps: Vec<_> = weights
                .iter()
                .map(|weight| json!({"setWeight": weight}))
                .collect();
            rollout(&canary(shifting(steps)), 10)
        };
        assert_eq!(
            by_weight(&[10, 20, 50, 100]),
            15,
            "from 50 to 100: 5 old and 10 new"
        );
        assert_eq!(by_weight(&[20]), 18, "from 20 to 100: 8 old and 10 new");
        assert_eq!(rollout(&json!({"spec": {"strategy": {}}}), 3), 3);
    }
}
