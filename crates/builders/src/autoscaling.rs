//! Horizontal autoscaling of a workload between two bounds.

use k8s_openapi::api::autoscaling::v2 as autoscaling;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use manifest::Manifest;
use names::{Duration, ObjectName, Percentage};

use crate::{Identity, ScaleTarget};

/// What an autoscaler watches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScaleMetric {
    /// Average use of CPU in percent of the requests.
    Cpu(Percentage),
    /// Average use of memory in percent of the requests.
    Memory(Percentage),
    /// Average of a metric that the pods expose and the metrics adapter serves.
    Pods {
        /// The name under which the adapter serves the metric.
        name: String,
        /// The average per pod to hold, as a quantity.
        average: String,
    },
}

impl ScaleMetric {
    fn spec(&self) -> autoscaling::MetricSpec {
        match self {
            Self::Cpu(percentage) => utilization("cpu", *percentage),
            Self::Memory(percentage) => utilization("memory", *percentage),
            Self::Pods { name, average } => autoscaling::MetricSpec {
                type_: "Pods".to_owned(),
                pods: Some(autoscaling::PodsMetricSource {
                    metric: autoscaling::MetricIdentifier {
                        name: name.clone(),
                        selector: None,
                    },
                    target: autoscaling::MetricTarget {
                        type_: "AverageValue".to_owned(),
                        average_value: Some(Quantity(average.clone())),
                        ..Default::default()
                    },
                }),
                ..Default::default()
            },
        }
    }
}

fn utilization(resource: &str, percentage: Percentage) -> autoscaling::MetricSpec {
    autoscaling::MetricSpec {
        type_: "Resource".to_owned(),
        resource: Some(autoscaling::ResourceMetricSource {
            name: resource.to_owned(),
            target: autoscaling::MetricTarget {
                type_: "Utilization".to_owned(),
                average_utilization: Some(percentage.into()),
                ..Default::default()
            },
        }),
        ..Default::default()
    }
}

/// A `HorizontalPodAutoscaler` under construction.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct HorizontalAutoscaler {
    identity: Identity,
    name: ObjectName,
    spec: autoscaling::HorizontalPodAutoscalerSpec,
}

impl HorizontalAutoscaler {
    /// Keeps `target` between `minimum` and `maximum` replicas; the values have been compared where they were read.
    pub fn new(identity: &Identity, target: &ScaleTarget, minimum: u32, maximum: u32) -> Self {
        let spec = autoscaling::HorizontalPodAutoscalerSpec {
            scale_target_ref: autoscaling::CrossVersionObjectReference {
                api_version: Some(target.api_version().to_owned()),
                kind: target.kind().to_owned(),
                name: target.name().to_string(),
            },
            min_replicas: i32::try_from(minimum).ok(),
            max_replicas: i32::try_from(maximum).unwrap_or(i32::MAX),
            ..Default::default()
        };
        Self {
            identity: identity.clone(),
            name: identity.name().clone().into(),
            spec,
        }
    }

    /// Adds metrics; the one that asks for most replicas wins.
    pub fn metrics(mut self, metrics: impl IntoIterator<Item = ScaleMetric>) -> Self {
        self.spec
            .metrics
            .get_or_insert_default()
            .extend(metrics.into_iter().map(|metric| metric.spec()));
        self
    }

    /// Looks back this long before it scales up, and before it scales down.
    pub fn stabilization(mut self, up: Option<Duration>, down: Option<Duration>) -> Self {
        let window = |period: Duration| autoscaling::HPAScalingRules {
            stabilization_window_seconds: i32::try_from(period.as_seconds()).ok(),
            ..Default::default()
        };
        self.spec.behavior = Some(autoscaling::HorizontalPodAutoscalerBehavior {
            scale_up: up.map(window),
            scale_down: down.map(window),
        });
        self
    }

    /// Another name than the workload's.
    pub fn named(mut self, name: impl Into<ObjectName>) -> Self {
        self.name = name.into();
        self
    }

    /// Changes what this builder has no word for; say why at the call.
    pub fn patch(
        mut self,
        change: impl FnOnce(&mut autoscaling::HorizontalPodAutoscalerSpec),
    ) -> Self {
        change(&mut self.spec);
        self
    }

    /// The manifest.
    #[track_caller]
    pub fn manifest(self) -> Manifest {
        let autoscaler = autoscaling::HorizontalPodAutoscaler {
            metadata: self.identity.metadata(),
            spec: Some(self.spec),
            ..Default::default()
        };
        Manifest::namespaced(self.identity.namespace(), self.name, autoscaler)
    }
}
