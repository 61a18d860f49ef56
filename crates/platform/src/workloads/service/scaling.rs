//! How many pods a service has, how large they are, and how many may be missing.

use api::autoscaling_k8s_io::v1 as vertical;
use builders::{DisruptionBudget, HorizontalAutoscaler, ScaleMetric, ScaleTarget};
use environment::{Replicas, VerticalMode, VerticalScaling};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use manifest::Manifest;
use names::{Duration, ObjectName};

use super::Plan;

/// Whether the number of replicas moves at all; if not, it is written down and nobody changes it.
pub(super) fn is_scaled(replicas: &Replicas) -> bool {
    replicas.min.value < replicas.max.value
}

/// The autoscalers and the disruption budget.
pub(super) fn manifests(plan: &Plan<'_>, target: &ScaleTarget) -> Vec<Manifest> {
    let replicas = &plan.settings.replicas;
    let metrics = replicas
        .cpu
        .map(ScaleMetric::Cpu)
        .into_iter()
        .chain(replicas.memory.map(ScaleMetric::Memory));
    let autoscaler = is_scaled(replicas).then(|| {
        HorizontalAutoscaler::new(
            &plan.identity,
            target,
            replicas.min.value,
            replicas.max.value,
        )
        .metrics(metrics)
        .stabilization(None, Some(Duration::minutes(5)))
        .manifest()
    });
    let mut manifests: Vec<Manifest> = autoscaler.into_iter().collect();
    if replicas.max.value > 1 {
        manifests.push(DisruptionBudget::max_unavailable(&plan.identity, 1).manifest());
    }
    manifests.extend(
        plan.settings
            .vertical_scaling
            .as_ref()
            .map(|settings| recommender(plan, target, settings)),
    );
    manifests
}

fn recommender(plan: &Plan<'_>, target: &ScaleTarget, settings: &VerticalScaling) -> Manifest {
    let amounts = |cpu: String, memory: String| {
        [
            ("cpu".to_owned(), Quantity(cpu)),
            ("memory".to_owned(), Quantity(memory)),
        ]
        .into()
    };
    let mode = match settings.mode.value {
        VerticalMode::Off => vertical::VerticalPodAutoscalerUpdatePolicyUpdateMode::Off,
        VerticalMode::Initial => vertical::VerticalPodAutoscalerUpdatePolicyUpdateMode::Initial,
        VerticalMode::Recreate => vertical::VerticalPodAutoscalerUpdatePolicyUpdateMode::Recreate,
    };
    let policy = vertical::VerticalPodAutoscalerResourcePolicyContainerPolicy {
        container_name: Some(plan.identity.name().to_string()),
        min_allowed: Some(amounts(
            settings.cpu.lower().to_string(),
            settings.memory.lower().to_string(),
        )),
        max_allowed: Some(amounts(
            settings.cpu.upper().to_string(),
            settings.memory.upper().to_string(),
        )),
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
                update_mode: Some(mode),
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
