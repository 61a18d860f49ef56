//! Workloads: one pod template as a Deployment, Rollout, StatefulSet or DaemonSet, with the selector of its identity.

use k8s_openapi::api::apps::v1 as apps;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use manifest::Manifest;
use names::ObjectName;

use crate::rollout::{self, BlueGreenPace, Canary};
use crate::{ClaimTemplate, Identity, Pod, ScaleTarget, ServiceRef};

/// How many pods may be added and missing while an update rolls.
#[derive(Clone, Debug, PartialEq, Eq)]
struct RollingUpdate {
    surge: IntOrString,
    unavailable: IntOrString,
}

#[derive(Clone, Debug, PartialEq)]
enum Shape {
    Deployment(Option<RollingUpdate>),
    Canary(Canary),
    BlueGreen {
        active: ServiceRef,
        preview: ServiceRef,
        pace: BlueGreenPace,
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
    analysis: Option<ObjectName>,
}

impl Workload {
    fn new(pod: Pod, shape: Shape) -> Self {
        Self {
            pod,
            shape,
            replicas: None,
            analysis: None,
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
                pace: BlueGreenPace::default(),
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

    /// How a blue-green rollout goes about its switch; other workloads have none.
    pub fn switched(mut self, wanted: BlueGreenPace) -> Self {
        if let Shape::BlueGreen { pace, .. } = &mut self.shape {
            *pace = wanted;
        }
        self
    }

    /// Measures a new version by this `AnalysisTemplate` of the same namespace while it takes over, and goes back by
    /// itself when it falls short; workloads without steps are not measured.
    pub fn analysed_by(mut self, template: &ObjectName) -> Self {
        self.analysis = Some(template.clone());
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
                let strategy = rollout::canary_strategy(canary, self.analysis.as_ref());
                let rollout = rollout::rollout(&self.pod, replicas, strategy);
                Manifest::namespaced(namespace, name, rollout)
            }
            Shape::BlueGreen {
                active,
                preview,
                pace,
            } => {
                let services = (&active, &preview);
                let strategy = rollout::blue_green_strategy(services, pace, self.analysis.as_ref());
                let rollout = rollout::rollout(&self.pod, replicas, strategy);
                Manifest::namespaced(namespace, name, rollout)
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
