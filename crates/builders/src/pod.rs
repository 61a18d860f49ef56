//! Pods: containers of one identity, with where they run and as whom.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use names::{AnnotationKey, Duration, LabelKey, LabelValue};

use crate::{Container, Identity, PriorityClassRef, ServiceAccountRef};

/// The user, group and volume group that a pod's processes run as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunAs {
    /// User id.
    pub user: i64,
    /// Group id.
    pub group: i64,
    /// Group that owns the mounted volumes.
    pub volume_group: Option<i64>,
}

impl RunAs {
    /// One id for user, group and volumes.
    pub const fn same(id: i64) -> Self {
        Self {
            user: id,
            group: id,
            volume_group: Some(id),
        }
    }
}

/// A pod template under construction.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Pod {
    identity: Identity,
    annotations: BTreeMap<String, String>,
    spec: core::PodSpec,
}

impl Pod {
    /// A pod of one container that runs under `account`.
    pub fn new(
        identity: &Identity,
        account: &ServiceAccountRef,
        run_as: RunAs,
        container: Container,
    ) -> Self {
        let spec = core::PodSpec {
            service_account_name: Some(account.name().to_string()),
            automount_service_account_token: Some(false),
            security_context: Some(core::PodSecurityContext {
                run_as_user: Some(run_as.user),
                run_as_group: Some(run_as.group),
                fs_group: run_as.volume_group,
                seccomp_profile: Some(core::SeccompProfile {
                    type_: "RuntimeDefault".to_owned(),
                    ..Default::default()
                }),
                ..Default::default()
            }),
            ..Default::default()
        };
        let pod = Self {
            identity: identity.clone(),
            annotations: BTreeMap::new(),
            spec,
        };
        pod.container(container)
    }

    /// Adds a container beside the others.
    pub fn container(mut self, container: Container) -> Self {
        let spec = self.take(container);
        self.spec.containers.push(spec);
        self
    }

    /// Adds a container that runs to its end before the others start.
    pub fn init(mut self, container: Container) -> Self {
        let spec = self.take(container);
        self.spec.init_containers.get_or_insert_default().push(spec);
        self
    }

    /// Takes the container's volumes over; a volume that two containers mount is added once.
    fn take(&mut self, container: Container) -> core::Container {
        let (spec, volumes) = container.into_parts();
        for volume in volumes.into_iter().filter_map(crate::Volume::into_source) {
            let known = self.spec.volumes.get_or_insert_default();
            if !known.iter().any(|other| other.name == volume.name) {
                known.push(volume);
            }
        }
        spec
    }

    /// Adds an annotation to the pods.
    pub fn annotation(mut self, key: &AnnotationKey, value: impl Into<String>) -> Self {
        self.annotations.insert(key.to_string(), value.into());
        self
    }

    /// Mounts the service account's token, which is left out otherwise.
    pub fn with_api_access(mut self) -> Self {
        self.spec.automount_service_account_token = Some(true);
        self
    }

    /// Spreads the pods over the zones with a difference of at most one.
    ///
    /// `hard` leaves a pod pending rather than break the rule. Only pods of one revision are counted, so that a rolling
    /// update spreads as well; `revision_label` is the label by which the controller tells revisions apart.
    pub fn spread_over_zones(mut self, hard: bool, revision_label: Option<&str>) -> Self {
        let constraint = core::TopologySpreadConstraint {
            max_skew: 1,
            topology_key: "topology.kubernetes.io/zone".to_owned(),
            when_unsatisfiable: if hard {
                "DoNotSchedule"
            } else {
                "ScheduleAnyway"
            }
            .to_owned(),
            label_selector: Some(self.identity.label_selector()),
            match_label_keys: revision_label.map(|label| vec![label.to_owned()]),
            ..Default::default()
        };
        self.spec
            .topology_spread_constraints
            .get_or_insert_default()
            .push(constraint);
        self
    }

    /// Prefers nodes that do not run a pod of this identity yet.
    pub fn prefer_separate_nodes(mut self) -> Self {
        let term = core::WeightedPodAffinityTerm {
            weight: 100,
            pod_affinity_term: self.node_term(),
        };
        self.anti_affinity()
            .preferred_during_scheduling_ignored_during_execution
            .get_or_insert_default()
            .push(term);
        self
    }

    /// Never runs two pods of this identity on one node.
    pub fn require_separate_nodes(mut self) -> Self {
        let term = self.node_term();
        self.anti_affinity()
            .required_during_scheduling_ignored_during_execution
            .get_or_insert_default()
            .push(term);
        self
    }

    fn node_term(&self) -> core::PodAffinityTerm {
        core::PodAffinityTerm {
            topology_key: "kubernetes.io/hostname".to_owned(),
            label_selector: Some(self.identity.label_selector()),
            ..Default::default()
        }
    }

    fn anti_affinity(&mut self) -> &mut core::PodAntiAffinity {
        self.spec
            .affinity
            .get_or_insert_default()
            .pod_anti_affinity
            .get_or_insert_default()
    }

    /// Runs only on nodes that carry the label.
    pub fn on_nodes(mut self, key: &LabelKey, value: &LabelValue) -> Self {
        self.spec
            .node_selector
            .get_or_insert_default()
            .insert(key.to_string(), value.to_string());
        self
    }

    /// Rather runs on nodes that carry the label, and on others where those are full.
    pub fn prefer_nodes(mut self, key: &LabelKey, value: &LabelValue) -> Self {
        let term = core::PreferredSchedulingTerm {
            weight: 100,
            preference: core::NodeSelectorTerm {
                match_expressions: Some(vec![core::NodeSelectorRequirement {
                    key: key.to_string(),
                    operator: "In".to_owned(),
                    values: Some(vec![value.to_string()]),
                }]),
                ..Default::default()
            },
        };
        self.spec
            .affinity
            .get_or_insert_default()
            .node_affinity
            .get_or_insert_default()
            .preferred_during_scheduling_ignored_during_execution
            .get_or_insert_default()
            .push(term);
        self
    }

    /// Tolerates a taint of exactly this key, value and effect.
    pub fn tolerate(mut self, key: &LabelKey, value: &LabelValue, effect: &'static str) -> Self {
        self.spec
            .tolerations
            .get_or_insert_default()
            .push(core::Toleration {
                key: Some(key.to_string()),
                operator: Some("Equal".to_owned()),
                value: Some(value.to_string()),
                effect: Some(effect.to_owned()),
                ..Default::default()
            });
        self
    }

    /// Schedules by this priority.
    pub fn priority(mut self, class: &PriorityClassRef) -> Self {
        self.spec.priority_class_name = Some(class.name().to_string());
        self
    }

    /// Gives the processes this long to end before they are killed.
    pub fn termination_grace(mut self, period: Duration) -> Self {
        self.spec.termination_grace_period_seconds = i64::try_from(period.as_seconds()).ok();
        self
    }

    /// Changes what this builder has no word for; say why at the call.
    pub fn patch(mut self, change: impl FnOnce(&mut core::PodSpec)) -> Self {
        change(&mut self.spec);
        self
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.identity
    }

    pub(crate) fn template(&self) -> core::PodTemplateSpec {
        let metadata = ObjectMeta {
            labels: Some(self.identity.labels().clone()),
            annotations: (!self.annotations.is_empty()).then(|| self.annotations.clone()),
            ..Default::default()
        };
        core::PodTemplateSpec {
            metadata: Some(metadata),
            spec: Some(self.spec.clone()),
        }
    }
}
