//! Autoscalers: bounds and metrics arrive as they were said.

use builders::{HorizontalAutoscaler, ScaleMetric, Workload};
use names::{Duration, percentage};
use serde_json::json;

use crate::sample::{basket, field, pod};

#[test]
fn bounds_and_metrics_are_those_that_were_given() {
    let target = Workload::deployment(pod(&basket())).scale_target();
    let manifest = HorizontalAutoscaler::new(&basket(), &target, 2, 10)
        .metrics([
            ScaleMetric::Cpu(percentage!(70)),
            ScaleMetric::Pods {
                name: "requests".to_owned(),
                average: "100".to_owned(),
            },
        ])
        .manifest();
    assert_eq!(field(&manifest, "/spec/minReplicas"), json!(2));
    assert_eq!(field(&manifest, "/spec/maxReplicas"), json!(10));
    assert_eq!(
        field(&manifest, "/spec/metrics"),
        json!([
            {
                "type": "Resource",
                "resource": { "name": "cpu", "target": { "type": "Utilization", "averageUtilization": 70 } },
            },
            {
                "type": "Pods",
                "pods": {
                    "metric": { "name": "requests" },
                    "target": { "type": "AverageValue", "averageValue": "100" },
                },
            },
        ])
    );
}

#[test]
fn each_direction_looks_back_for_its_own_time() {
    let target = Workload::deployment(pod(&basket())).scale_target();
    let manifest = HorizontalAutoscaler::new(&basket(), &target, 2, 10)
        .stabilization(None, Some(Duration::minutes(5)))
        .manifest();
    assert_eq!(
        field(&manifest, "/spec/behavior"),
        json!({ "scaleDown": { "stabilizationWindowSeconds": 300 } })
    );
}
