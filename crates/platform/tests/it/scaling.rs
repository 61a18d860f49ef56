//! Replicas: one owner of their number, and a bound for how many a drain may take.

use std::collections::BTreeMap;

use manifest::Manifest;
use serde_json::{Value, json};

use crate::environments::{Rendered, WORKLOADS, every, field};

#[test]
fn every_autoscaler_aims_at_a_workload_that_says_no_replicas() {
    for rendered in every() {
        let mut count = 0;
        for autoscaler in rendered.of_kind("HorizontalPodAutoscaler") {
            count += 1;
            let target = field(autoscaler, "/spec/scaleTargetRef");
            let workload = rendered.manifests().find(|manifest| {
                let id = manifest.id();
                json!({ "apiVersion": id.api_version, "kind": id.kind, "name": id.name }) == target
                    && id.namespace == autoscaler.id().namespace
            });
            let workload =
                workload.unwrap_or_else(|| panic!("{}: {target} is missing", autoscaler.id()));
            assert_eq!(
                field(workload, "/spec/replicas"),
                Value::Null,
                "{}",
                workload.id()
            );
        }
        let environment = &rendered.environment;
        let scaled = environment.services.values().filter(|service| {
            let replicas = environment.replicas(service);
            replicas.min.value < replicas.max.value
        });
        assert!(count >= scaled.count(), "{}", rendered.fixture);
    }
}

/// The greatest number of pods of a workload by what the tree says.
fn most_pods(rendered: &Rendered, workload: &Manifest) -> u64 {
    let id = workload.id();
    let autoscaled = rendered
        .of_kind("HorizontalPodAutoscaler")
        .filter(|autoscaler| autoscaler.id().namespace == id.namespace)
        .filter(|autoscaler| field(autoscaler, "/spec/scaleTargetRef/kind") == json!(id.kind))
        .filter(|autoscaler| field(autoscaler, "/spec/scaleTargetRef/name") == json!(id.name))
        .filter_map(|autoscaler| field(autoscaler, "/spec/maxReplicas").as_u64());
    autoscaled
        .chain(field(workload, "/spec/replicas").as_u64())
        .max()
        .unwrap_or(1)
}

fn labels(value: &Value) -> BTreeMap<String, Value> {
    value
        .as_object()
        .map(|labels| labels.clone().into_iter().collect())
        .unwrap_or_default()
}

#[test]
fn every_workload_of_more_than_one_pod_has_exactly_one_disruption_budget() {
    for rendered in every() {
        let mut count = 0;
        for workload in rendered
            .manifests()
            .filter(|manifest| WORKLOADS.contains(&&*manifest.id().kind))
        {
            let pods = labels(&field(workload, "/spec/template/metadata/labels"));
            let budgets = rendered
                .of_kind("PodDisruptionBudget")
                .filter(|budget| budget.id().namespace == workload.id().namespace)
                .filter(|budget| {
                    labels(&field(budget, "/spec/selector/matchLabels"))
                        .iter()
                        .all(|(key, value)| pods.get(key) == Some(value))
                })
                .count();
            let expected = usize::from(most_pods(&rendered, workload) > 1);
            assert_eq!(budgets, expected, "{}: {}", rendered.fixture, workload.id());
            count += budgets;
        }
        assert_eq!(
            count,
            rendered.of_kind("PodDisruptionBudget").count(),
            "{}: a budget of nothing",
            rendered.fixture
        );
    }
}
