//! What the values of several charts have in common.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{
    Capabilities, PodSecurityContext, ResourceRequirements, SeccompProfile, SecurityContext,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use names::{Bytes, Cpu, Port};
use serde::Serialize;

use crate::observability::scrape_annotations;

/// How many pods a controller has: one works and one stands by, so that a node can go.
pub(super) const PAIR: u32 = 2;

/// Annotations or labels.
pub(super) type Texts = BTreeMap<String, String>;

/// Something that is on or off.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Switch {
    enabled: bool,
}

impl Switch {
    pub(super) const ON: Self = Self { enabled: true };
    pub(super) const OFF: Self = Self { enabled: false };
}

/// A disruption budget of a controller that has more than one pod.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OneUnavailable {
    enabled: bool,
    max_unavailable: u32,
}

impl OneUnavailable {
    /// One pod at a time may be evicted.
    pub(super) const ENABLED: Self = Self {
        enabled: true,
        max_unavailable: 1,
    };
}

/// A disruption budget of charts that write `minAvailable`, whatever else they are told.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OneAvailable {
    enabled: bool,
    min_available: u32,
}

impl OneAvailable {
    /// One pod has to stay.
    pub(super) const ENABLED: Self = Self {
        enabled: true,
        min_available: 1,
    };
}

/// What a controller asks for, and the memory that it may not go beyond. CPU has no limit: a controller that is
/// throttled while it catches up is late for everything that waits for it.
pub(super) fn sized(cpu: Cpu, memory: Bytes) -> ResourceRequirements {
    let memory = || ("memory".to_owned(), Quantity(memory.to_string()));
    ResourceRequirements {
        requests: Some([("cpu".to_owned(), Quantity(cpu.to_string())), memory()].into()),
        limits: Some([memory()].into()),
        ..Default::default()
    }
}

/// The annotations by which Prometheus discovers a pod.
pub(super) fn scraped(port: Port) -> Texts {
    Texts::from(scrape_annotations(port))
}

/// A container as the restricted level wants it.
pub(super) fn restricted_container() -> SecurityContext {
    SecurityContext {
        allow_privilege_escalation: Some(false),
        capabilities: Some(Capabilities {
            drop: Some(vec!["ALL".to_owned()]),
            ..Default::default()
        }),
        read_only_root_filesystem: Some(true),
        run_as_non_root: Some(true),
        ..Default::default()
    }
}

/// A pod as the restricted level wants it; a user of none is that of the image.
pub(super) fn restricted_pod(user: Option<i64>) -> PodSecurityContext {
    PodSecurityContext {
        run_as_non_root: Some(true),
        run_as_user: user,
        fs_group: user,
        seccomp_profile: Some(runtime_default()),
        ..Default::default()
    }
}

/// The system calls that the container runtime allows by itself.
pub(super) fn runtime_default() -> SeccompProfile {
    SeccompProfile {
        type_: "RuntimeDefault".to_owned(),
        ..Default::default()
    }
}
