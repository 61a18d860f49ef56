//! Rollouts: how Argo Rollouts replaces one version by the next, and what it measures the next one by.

use api::argoproj_io::v1alpha1 as rollouts;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use names::{Duration, ObjectName, Weight};

use crate::{Pod, ServiceRef};

/// The argument by which a template is told the hash in the names of the new version's pods.
pub const NEW_PODS_ARGUMENT: &str = "hash";

/// A canary over a mesh: weights with pauses, two services, and the mesh objects whose weights move.
#[derive(Clone, Debug, PartialEq)]
pub struct Canary {
    /// Each step's weight and the pause after it.
    pub steps: Vec<(Weight, Option<Duration>)>,
    /// The service that selects the new pods.
    pub canary_service: ServiceRef,
    /// The service that selects the old pods.
    pub stable_service: ServiceRef,
    /// The virtual service and its route whose weights the controller sets.
    pub virtual_service: (String, String),
    /// The destination rule with its canary and its stable subset.
    pub destination_rule: (String, String, String),
}

/// How a blue-green rollout goes about its switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlueGreenPace {
    /// How long the new version stands in preview before it takes over by itself; never without a person if none.
    pub promote_after: Option<Duration>,
    /// Pods of the new version in preview; as many as the old one has if none.
    pub preview_replicas: Option<u32>,
    /// How long the old version stays after the switch, so that connections end and a way back is at hand.
    pub keep: Duration,
}

impl Default for BlueGreenPace {
    /// A person switches, and the old version stays for half a minute.
    fn default() -> Self {
        Self {
            promote_after: None,
            preview_replicas: None,
            keep: Duration::seconds(30),
        }
    }
}

pub(crate) fn rollout(
    pod: &Pod,
    replicas: Option<i32>,
    strategy: rollouts::RolloutStrategy,
) -> rollouts::Rollout {
    rollouts::Rollout {
        metadata: pod.identity().metadata(),
        spec: rollouts::RolloutSpec {
            replicas,
            revision_history_limit: Some(3),
            selector: Some(pod.identity().label_selector()),
            strategy: Some(strategy),
            template: Some(pod.template()),
            ..Default::default()
        },
    }
}

pub(crate) fn canary_strategy(
    canary: Canary,
    analysis: Option<&ObjectName>,
) -> rollouts::RolloutStrategy {
    let analysis = analysis.map(|template| rollouts::RolloutStrategyCanaryAnalysis {
        templates: Some(vec![template_named(template)]),
        args: Some(vec![new_pods()]),
        // Before the first weight is set there is nothing to measure.
        starting_step: Some(1),
        ..Default::default()
    });
    rollouts::RolloutStrategy {
        canary: Some(rollouts::RolloutStrategyCanary {
            analysis,
            ..steps(canary)
        }),
        ..Default::default()
    }
}

fn steps(canary: Canary) -> rollouts::RolloutStrategyCanary {
    let steps = canary.steps.into_iter().flat_map(|(weight, pause)| {
        let set = rollouts::RolloutStrategyCanaryStep {
            set_weight: Some(weight.into()),
            ..Default::default()
        };
        let pause = pause.map(|duration| rollouts::RolloutStrategyCanaryStep {
            pause: Some(rollouts::RolloutStrategyCanaryStepPause {
                duration: Some(IntOrString::String(duration.to_string())),
            }),
            ..Default::default()
        });
        std::iter::once(set).chain(pause)
    });
    let (virtual_service, route) = canary.virtual_service;
    let (destination_rule, canary_subset, stable_subset) = canary.destination_rule;
    rollouts::RolloutStrategyCanary {
        canary_service: Some(canary.canary_service.name().to_string()),
        stable_service: Some(canary.stable_service.name().to_string()),
        max_surge: Some(IntOrString::String("25%".to_owned())),
        max_unavailable: Some(IntOrString::Int(0)),
        steps: Some(steps.collect()),
        traffic_routing: Some(rollouts::RolloutStrategyCanaryTrafficRouting {
            istio: Some(rollouts::RolloutStrategyCanaryTrafficRoutingIstio {
                virtual_service: Some(
                    rollouts::RolloutStrategyCanaryTrafficRoutingIstioVirtualService {
                        name: virtual_service,
                        routes: Some(vec![route]),
                        ..Default::default()
                    },
                ),
                destination_rule: Some(
                    rollouts::RolloutStrategyCanaryTrafficRoutingIstioDestinationRule {
                        name: destination_rule,
                        canary_subset_name: canary_subset,
                        stable_subset_name: stable_subset,
                        additional_subset_names: None,
                    },
                ),
                ..Default::default()
            }),
            ..Default::default()
        }),
        ..Default::default()
    }
}

pub(crate) fn blue_green_strategy(
    (active, preview): (&ServiceRef, &ServiceRef),
    pace: BlueGreenPace,
    analysis: Option<&ObjectName>,
) -> rollouts::RolloutStrategy {
    let count = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let analysis =
        analysis.map(
            |template| rollouts::RolloutStrategyBlueGreenPostPromotionAnalysis {
                templates: Some(vec![template_named(template)]),
                args: Some(vec![new_pods()]),
                ..Default::default()
            },
        );
    rollouts::RolloutStrategy {
        blue_green: Some(rollouts::RolloutStrategyBlueGreen {
            active_service: active.name().to_string(),
            preview_service: Some(preview.name().to_string()),
            auto_promotion_enabled: Some(pace.promote_after.is_some()),
            auto_promotion_seconds: pace.promote_after.map(Duration::as_seconds_i32),
            preview_replica_count: pace.preview_replicas.map(count),
            scale_down_delay_seconds: Some(pace.keep.as_seconds_i32()),
            post_promotion_analysis: analysis,
            ..Default::default()
        }),
        ..Default::default()
    }
}

fn template_named(template: &ObjectName) -> rollouts::RolloutStrategyCanaryAnalysisTemplate {
    rollouts::RolloutStrategyCanaryAnalysisTemplate {
        template_name: Some(template.to_string()),
        ..Default::default()
    }
}

fn new_pods() -> rollouts::RolloutStrategyCanaryAnalysisArg {
    rollouts::RolloutStrategyCanaryAnalysisArg {
        name: NEW_PODS_ARGUMENT.to_owned(),
        value_from: Some(rollouts::RolloutArgValueFrom {
            pod_template_hash_value: Some("Latest".to_owned()),
            ..Default::default()
        }),
        ..Default::default()
    }
}
