//! How many pods a service has, how large they are, and how many may be missing.

use std::collections::BTreeMap;

use api::autoscaling_k8s_io::v1 as vertical;
use builders::{DisruptionBudget, HorizontalAutoscaler, ScaleMetric, ScaleTarget};
use environment::{Range, Replicas, VerticalScaling};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use manifest::{Exception, Manifest};
use names::{Bytes, Cpu, Duration, ObjectName};

use super::Plan;
use crate::convert::update_mode;

/// Whether the number of replicas moves at all; if not, it is written down and nobody changes it.
pub(super) fn is_scaled(replicas: &Replicas) -> bool {
    replicas.min.value < replicas.max.value
}

/// The autoscalers and the disruption budget.
pub(super) fn manifests(plan: &Plan<'_>, target: &ScaleTarget) -> Vec<Manifest> {
    let replicas = plan.replicas;
    let metric = replicas.metric.as_ref().map(|metric| ScaleMetric::Pods {
        name: metric.name.value.clone(),
        average: metric.average.to_string(),
    });
    let metrics = replicas
        .cpu
        .map(ScaleMetric::Cpu)
        .into_iter()
        .chain(replicas.memory.map(ScaleMetric::Memory))
        .chain(metric);
    let autoscaler = is_scaled(replicas).then(|| {
        let autoscaler = HorizontalAutoscaler::new(
            &plan.identity,
            target,
            replicas.min.value,
            replicas.max.value,
        )
        .metrics(metrics)
        .stabilization(None, Some(Duration::minutes(5)))
        .manifest();
        if replicas.min.value < 2 {
            autoscaler.excuse(Exception {
                code: "WORK016",
                reason: "the environment asks for one pod where there is little to do",
            })
        } else {
            autoscaler
        }
    });
    let mut manifests: Vec<Manifest> = autoscaler.into_iter().collect();
    if replicas.max.value > 1 {
        manifests.push(DisruptionBudget::max_unavailable(&plan.identity, 1).manifest());
    }
    manifests.extend(
        plan.environment
            .vertical_scaling(plan.settings)
            .map(|settings| recommender(plan, target, settings)),
    );
    manifests
}

/// The bounds of a recommendation; what is not bounded is left out.
fn amounts(cpu: Option<&Cpu>, memory: Option<&Bytes>) -> Option<BTreeMap<String, Quantity>> {
    let cpu = cpu.map(|cpu| ("cpu".to_owned(), Quantity(cpu.to_string())));
    let memory = memory.map(|memory| ("memory".to_owned(), Quantity(memory.to_string())));
    let amounts: BTreeMap<String, Quantity> = cpu.into_iter().chain(memory).collect();
    Some(amounts).filter(|amounts| !amounts.is_empty())
}

fn recommender(plan: &Plan<'_>, target: &ScaleTarget, settings: &VerticalScaling) -> Manifest {
    let (cpu, memory) = (settings.cpu.as_ref(), settings.memory.as_ref());
    let policy = vertical::VerticalPodAutoscalerResourcePolicyContainerPolicy {
        container_name: Some(plan.identity.name().to_string()),
        min_allowed: amounts(cpu.map(Range::lower), memory.map(Range::lower)),
        max_allowed: amounts(cpu.map(Range::upper), memory.map(Range::upper)),
        ..Default::default()
    };
    let autoscaler = vertical::VerticalPodAutoscaler {
        metadata: plan.identity.metadata(),
        spec: vertical::VerticalPodAutoscalerSpec {
            target_ref: vertical::VerticalPodAutoscalerTargetRef {
                api_version: Some(target.api_version().to_owned()),
                kind: target.kind().to_owned(),
                name: target.name().to_string(),
            },
            update_policy: Some(vertical::VerticalPodAutoscalerUpdatePolicy {
                update_mode: Some(update_mode(settings.mode.value)),
                ..Default::default()
            }),
            resource_policy: Some(vertical::VerticalPodAutoscalerResourcePolicy {
                container_policies: Some(vec![policy]),
            }),
            ..Default::default()
        },
    };
    let name: ObjectName = plan.identity.name().with_suffix("-vpa");
    Manifest::namespaced(plan.namespace(), name, autoscaler)
}
