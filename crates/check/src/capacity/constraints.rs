//! Which nodes a pod takes: node selector, node affinity, taints and tolerations.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::nodes::{NodePool, Taint};
use crate::cluster::{list, text};

/// The label of a node that names its zone.
pub(super) const ZONE: &str = "topology.kubernetes.io/zone";
/// The label of a node that names the node.
pub(super) const HOST: &str = "kubernetes.io/hostname";
/// The label of a node that names its machine type.
pub(super) const MACHINE: &str = "node.kubernetes.io/instance-type";

/// Labels that differ between the nodes of a pool.
const OF_ONE_NODE: [&str; 3] = [ZONE, HOST, MACHINE];

/// A node as affinity sees it: the labels of its pool, and its own.
#[derive(Clone, Copy)]
pub(super) struct NodeLabels<'n> {
    pub(super) pool: &'n BTreeMap<String, String>,
    pub(super) own: &'n [(&'static str, &'n str)],
    /// Whether labels that only one node has are known. Where they are not, they may have any value.
    pub(super) complete: bool,
}

impl<'n> NodeLabels<'n> {
    /// The value of a label; the outer `None` where it is not known.
    #[expect(clippy::option_option, reason = "unknown is not absent")]
    fn get(&self, key: &str) -> Option<Option<&'n str>> {
        if let Some((_, value)) = self.own.iter().find(|(own, _)| *own == key) {
            return Some(Some(value));
        }
        match self.pool.get(key) {
            Some(value) => Some(Some(value.as_str())),
            None if !self.complete && OF_ONE_NODE.contains(&key) => None,
            // What every node has by itself, of Linux on the machines of all known pools.
            None => match key {
                "kubernetes.io/os" => Some(Some("linux")),
                "kubernetes.io/arch" => None,
                _ => Some(None),
            },
        }
    }
}

/// Whether some node of a pool may take a pod, as far as that does not depend on the single node.
pub(super) fn takes(pool: &NodePool, spec: &Json) -> bool {
    let labels = NodeLabels {
        pool: &pool.labels,
        own: &[],
        complete: false,
    };
    selects(spec, labels) && tolerates(spec, &pool.taints)
}

/// Whether node selector and required node affinity of a pod accept a node.
pub(super) fn selects(spec: &Json, labels: NodeLabels<'_>) -> bool {
    let selector = spec.get("nodeSelector").and_then(Json::as_object);
    let mut wanted = selector.into_iter().flatten();
    let by_selector = wanted.all(|(key, value)| {
        labels
            .get(key)
            .is_none_or(|found| found.is_some() && found == value.as_str())
    });
    let terms =
        "/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms";
    let mut terms = list(spec, terms).peekable();
    by_selector && (terms.peek().is_none() || terms.any(|(_, term)| accepts(term, labels)))
}

/// Whether one term of an affinity accepts a node; an empty one accepts none.
pub(super) fn accepts(term: &Json, labels: NodeLabels<'_>) -> bool {
    let mut expressions = list(term, "/matchExpressions").peekable();
    let mut fields = list(term, "/matchFields").peekable();
    if expressions.peek().is_none() && fields.peek().is_none() {
        return false;
    }
    // Fields name single nodes, which nobody knows before they are there.
    expressions.all(|(_, expression)| holds(expression, labels))
}

fn holds(expression: &Json, labels: NodeLabels<'_>) -> bool {
    let Some(found) = labels.get(text(expression, "/key").unwrap_or_default()) else {
        return true;
    };
    let mut values = list(expression, "/values").filter_map(|(_, value)| value.as_str());
    let number = |text: &str| text.parse::<i64>().ok();
    match text(expression, "/operator") {
        Some("In") => found.is_some_and(|found| values.any(|value| value == found)),
        Some("NotIn") => found.is_none_or(|found| values.all(|value| value != found)),
        Some("Exists") => found.is_some(),
        Some("DoesNotExist") => found.is_none(),
        Some(operator @ ("Gt" | "Lt")) => {
            let bound = values.next().and_then(number);
            let pair = found.and_then(number).zip(bound);
            pair.is_some_and(|(found, bound)| match operator {
                "Gt" => found > bound,
                _ => found < bound,
            })
        }
        _ => false,
    }
}

/// Whether a pod tolerates everything that keeps pods away for good.
pub(super) fn tolerates(spec: &Json, taints: &[Taint]) -> bool {
    untolerated(spec, taints).is_none()
}

/// The first taint that keeps a pod away.
pub(super) fn untolerated<'t>(spec: &Json, taints: &'t [Taint]) -> Option<&'t Taint> {
    let hard = |taint: &&Taint| taint.effect != "PreferNoSchedule";
    taints
        .iter()
        .filter(hard)
        .find(|taint| !is_tolerated(spec, taint))
}

/// Whether a pod tolerates a taint.
pub(super) fn is_tolerated(spec: &Json, taint: &Taint) -> bool {
    list(spec, "/tolerations").any(|(_, toleration)| {
        let part = |pointer| text(toleration, pointer).unwrap_or_default();
        let (key, effect) = (part("/key"), part("/effect"));
        let by_effect = effect.is_empty() || effect == taint.effect;
        let by_key = key.is_empty() || key == taint.key;
        let by_value = match part("/operator") {
            "Exists" => true,
            _ => !key.is_empty() && part("/value") == taint.value,
        };
        by_effect && by_key && by_value
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{NodeLabels, accepts, is_tolerated, selects, takes};
    use crate::capacity::nodes::{NodePool, Taint};

    fn pool() -> NodePool {
        NodePool {
            labels: [
                ("tier".to_owned(), "data".to_owned()),
                ("size".to_owned(), "8".to_owned()),
            ]
            .into(),
            taints: vec![Taint {
                key: "dedicated".to_owned(),
                value: "data".to_owned(),
                effect: "NoSchedule".to_owned(),
            }],
            ..NodePool::default()
        }
    }

    #[test]
    fn a_pod_goes_where_selector_affinity_and_taints_let_it() {
        let tolerating = |mut spec: Value| {
            spec["tolerations"] =
                json!([{"key": "dedicated", "value": "data", "effect": "NoSchedule"}]);
            spec
        };
        let pool = pool();
        assert!(!takes(&pool, &json!({})), "the taint keeps it away");
        assert!(takes(&pool, &tolerating(json!({}))));
        assert!(takes(
            &pool,
            &tolerating(json!({"nodeSelector": {"tier": "data"}}))
        ));
        assert!(!takes(
            &pool,
            &tolerating(json!({"nodeSelector": {"tier": "web"}}))
        ));
        assert!(
            takes(
                &pool,
                &tolerating(json!({"nodeSelector": {"topology.kubernetes.io/zone": "a"}}))
            ),
            "some node may be there"
        );
        assert!(takes(
            &pool,
            &json!({"tolerations": [{"operator": "Exists"}]})
        ));
    }

    #[test]
    fn affinity_compares_as_the_scheduler_does() {
        let pool = pool();
        let labels = NodeLabels {
            pool: &pool.labels,
            own: &[("topology.kubernetes.io/zone", "a")],
            complete: true,
        };
        let term = |key: &str, operator: &str, values: Value| json!({"matchExpressions": [{"key": key, "operator": operator, "values": values}]});
        for (key, operator, values, expected) in [
            ("tier", "In", json!(["data", "web"]), true),
            ("tier", "NotIn", json!(["data"]), false),
            ("none", "NotIn", json!(["data"]), true),
            ("none", "Exists", json!([]), false),
            ("none", "DoesNotExist", json!([]), true),
            ("size", "Gt", json!(["7"]), true),
            ("size", "Lt", json!(["8"]), false),
            ("topology.kubernetes.io/zone", "In", json!(["b"]), false),
            ("kubernetes.io/hostname", "Exists", json!([]), false),
            ("tier", "Like", json!(["data"]), false),
        ] {
            assert_eq!(
                accepts(&term(key, operator, values.clone()), labels),
                expected,
                "{key} {operator} {values}"
            );
        }
        assert!(
            !accepts(&json!({}), labels),
            "an empty term accepts nothing"
        );
        let either = json!({"affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {
            "nodeSelectorTerms": [term("tier", "In", json!(["web"])), term("size", "Exists", json!([]))]
        }}}});
        assert!(selects(&either, labels));
    }

    #[test]
    fn tolerations_are_matched_by_key_value_and_effect() {
        let taint = &pool().taints[0];
        for (toleration, expected) in [
            (json!({"key": "dedicated", "operator": "Exists"}), true),
            (json!({"key": "dedicated", "value": "web"}), false),
            (
                json!({"key": "dedicated", "value": "data", "effect": "NoExecute"}),
                false,
            ),
            (json!({"operator": "Exists", "effect": "NoSchedule"}), true),
            (json!({"value": "data"}), false),
            (json!("anything"), false),
        ] {
            let spec = json!({"tolerations": [toleration]});
            assert_eq!(is_tolerated(&spec, taint), expected, "{spec}");
        }
    }
}
