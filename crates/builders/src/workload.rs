//! Workloads: one pod template as a Deployment, Rollout, StatefulSet or DaemonSet, with the selector of its identity.

use api::argoproj_io::v1alpha1 as rollouts;
use k8s_openapi::api::apps::v1 as apps;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use manifest::Manifest;
use names::{Duration, Weight};

use crate::{ClaimTemplate, Identity, Pod, ScaleTarget, ServiceRef};

/// How many pods may be added and missing while an update rolls.
#[derive(Clone, Debug, PartialEq, Eq)]
struct RollingUpdate {
    surge: IntOrString,
    unavailable: IntOrString,
}

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

#[derive(Clone, Debug, PartialEq)]
enum Shape {
    Deployment(Option<RollingUpdate>),
    Canary(Canary),
    BlueGreen {
        active: ServiceRef,
        preview: ServiceRef,
    },
    StatefulSet {
        service: ServiceRef,
        claims: Vec<ClaimTemplate>,
        on_delete: bool,
    },
    DaemonSet,
}

/// A workload under construction.
///
/// Replicas are a number, or left to an autoscaler: then the manifest says none, so that nobody fights over it.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Workload {
    pod: Pod,
    shape: Shape,
    replicas: Option<u32>,
}

impl Workload {
    fn new(pod: Pod, shape: Shape) -> Self {
        Self {
            pod,
            shape,
            replicas: None,
        }
    }

    /// Interchangeable pods, updated by rolling.
    pub fn deployment(pod: Pod) -> Self {
        Self::new(pod, Shape::Deployment(None))
    }

    /// Interchangeable pods whose new version gets traffic step by step.
    pub fn canary(pod: Pod, canary: Canary) -> Self {
        Self::new(pod, Shape::Canary(canary))
    }

    /// Interchangeable pods whose new version stands complete beside the old one before traffic is switched.
    pub fn blue_green(pod: Pod, active: &ServiceRef, preview: &ServiceRef) -> Self {
        Self::new(
            pod,
            Shape::BlueGreen {
                active: active.clone(),
                preview: preview.clone(),
            },
        )
    }

    /// Pods with a name and a volume of their own behind a headless service.
    pub fn stateful_set(
        pod: Pod,
        service: &ServiceRef,
        claims: impl IntoIterator<Item = ClaimTemplate>,
    ) -> Self {
        let claims = claims.into_iter().collect();
        Self::new(
            pod,
            Shape::StatefulSet {
                service: service.clone(),
                claims,
                on_delete: false,
            },
        )
    }

    /// One pod on every node that it tolerates.
    pub fn daemon_set(pod: Pod) -> Self {
        Self::new(pod, Shape::DaemonSet)
    }

    /// A fixed number of pods.
    pub fn replicas(mut self, count: u32) -> Self {
        self.replicas = Some(count);
        self
    }

    /// How a Deployment rolls; other workloads have their own way.
    pub fn rolling_update(mut self, surge: IntOrString, unavailable: IntOrString) -> Self {
        if let Shape::Deployment(update) = &mut self.shape {
            *update = Some(RollingUpdate { surge, unavailable });
        }
        self
    }

    /// A StatefulSet whose pods an operator replaces by deleting them, one by one and in an order of his choice.
    pub fn updated_by_hand(mut self) -> Self {
        if let Shape::StatefulSet { on_delete, .. } = &mut self.shape {
            *on_delete = true;
        }
        self
    }

    /// Who the workload is.
    pub fn identity(&self) -> &Identity {
        self.pod.identity()
    }

    /// What autoscalers aim at.
    pub fn scale_target(&self) -> ScaleTarget {
        let (api_version, kind) = match self.shape {
            Shape::Deployment(_) => ("apps/v1", "Deployment"),
            Shape::Canary(_) | Shape::BlueGreen { .. } => ("argoproj.io/v1alpha1", "Rollout"),
            Shape::StatefulSet { .. } => ("apps/v1", "StatefulSet"),
            Shape::DaemonSet => ("apps/v1", "DaemonSet"),
        };
        ScaleTarget {
            api_version,
            kind,
            namespace: self.identity().namespace().clone(),
            name: self.identity().name().clone(),
        }
    }

    /// The manifest.
    #[track_caller]
    pub fn manifest(self) -> Manifest {
        let identity = self.pod.identity().clone();
        let replicas = self.replicas.and_then(|count| i32::try_from(count).ok());
        let (namespace, name) = (identity.namespace(), identity.name().clone());
        match self.shape {
            Shape::Deployment(update) => {
                Manifest::namespaced(namespace, name, deployment(&self.pod, replicas, update))
            }
            Shape::Canary(canary) => {
                let strategy = rollouts::RolloutStrategy {
                    canary: Some(canary_strategy(canary)),
                    ..Default::default()
                };
                Manifest::namespaced(namespace, name, rollout(&self.pod, replicas, strategy))
            }
            Shape::BlueGreen { active, preview } => {
                let strategy = blue_green_strategy(&active, &preview);
                Manifest::namespaced(namespace, name, rollout(&self.pod, replicas, strategy))
            }
            Shape::StatefulSet {
                service,
                claims,
                on_delete,
            } => Manifest::namespaced(
                namespace,
                name,
                stateful_set(&self.pod, replicas, &service, claims, on_delete),
            ),
            Shape::DaemonSet => Manifest::namespaced(namespace, name, daemon_set(&self.pod)),
        }
    }
}

fn deployment(pod: &Pod, replicas: Option<i32>, update: Option<RollingUpdate>) -> apps::Deployment {
    let strategy = update.map(|update| apps::DeploymentStrategy {
        type_: Some("RollingUpdate".to_owned()),
        rolling_update: Some(apps::RollingUpdateDeployment {
            max_surge: Some(update.surge),
            max_unavailable: Some(update.unavailable),
        }),
    });
    apps::Deployment {
        metadata: pod.identity().metadata(),
        spec: Some(apps::DeploymentSpec {
            replicas,
            revision_history_limit: Some(3),
            selector: pod.identity().label_selector(),
            strategy,
            template: pod.template(),
            ..Default::default()
        }),
        ..Default::default()
    }
}

fn stateful_set(
    pod: &Pod,
    replicas: Option<i32>,
    service: &ServiceRef,
    claims: Vec<ClaimTemplate>,
    on_delete: bool,
) -> apps::StatefulSet {
    let retain = Some("Retain".to_owned());
    apps::StatefulSet {
        metadata: pod.identity().metadata(),
        spec: Some(apps::StatefulSetSpec {
            service_name: Some(service.name().to_string()),
            replicas,
            revision_history_limit: Some(3),
            selector: pod.identity().label_selector(),
            template: pod.template(),
            pod_management_policy: Some("Parallel".to_owned()),
            update_strategy: Some(apps::StatefulSetUpdateStrategy {
                type_: Some(
                    if on_delete {
                        "OnDelete"
                    } else {
                        "RollingUpdate"
                    }
                    .to_owned(),
                ),
                ..Default::default()
            }),
            persistent_volume_claim_retention_policy: Some(
                apps::StatefulSetPersistentVolumeClaimRetentionPolicy {
                    when_deleted: retain.clone(),
                    when_scaled: retain,
                },
            ),
            volume_claim_templates: (!claims.is_empty())
                .then(|| claims.into_iter().map(ClaimTemplate::into_claim).collect()),
            ..Default::default()
        }),
        ..Default::default()
    }
}

fn daemon_set(pod: &Pod) -> apps::DaemonSet {
    apps::DaemonSet {
        metadata: pod.identity().metadata(),
        spec: Some(apps::DaemonSetSpec {
            revision_history_limit: Some(3),
            selector: pod.identity().label_selector(),
            template: pod.template(),
            update_strategy: Some(apps::DaemonSetUpdateStrategy {
                type_: Some("RollingUpdate".to_owned()),
                rolling_update: Some(apps::RollingUpdateDaemonSet {
                    max_unavailable: Some(IntOrString::String("10%".to_owned())),
                    ..Default::default()
                }),
            }),
            ..Default::default()
        }),
        ..Default::default()
    }
}

fn rollout(
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

fn canary_strategy(canary: Canary) -> rollouts::RolloutStrategyCanary {
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

/// The old version stays for half a minute after the switch, so that connections end and a way back is at hand.
fn blue_green_strategy(active: &ServiceRef, preview: &ServiceRef) -> rollouts::RolloutStrategy {
    rollouts::RolloutStrategy {
        blue_green: Some(rollouts::RolloutStrategyBlueGreen {
            active_service: active.name().to_string(),
            preview_service: Some(preview.name().to_string()),
            auto_promotion_enabled: Some(false),
            scale_down_delay_seconds: Some(30),
            ..Default::default()
        }),
        ..Default::default()
    }
}
