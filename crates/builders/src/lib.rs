//! The few builders that hold an invariant between the fields of a manifest.
//!
//! Everything else is written as a plain `k8s_openapi` struct with `..Default::default()`. A builder here consumes
//! itself, takes what is required in its constructor, cannot fail, and has a `patch` for what it does not know.

mod access;
mod authorization;
mod autoscaling;
mod claim;
mod config_map;
mod container;
mod disruption;
mod environment_variable;
mod flow;
mod identity;
mod job;
mod pod;
mod port;
mod probe;
mod reference;
mod resources;
mod rollout;
mod service;
mod volume;
mod workload;

pub use access::{ClusterGrant, Grant, Permission, ServiceAccount};
pub use autoscaling::{HorizontalAutoscaler, ScaleMetric};
pub use claim::{Claim, ClaimTemplate};
pub use config_map::ConfigMap;
pub use container::Container;
pub use disruption::DisruptionBudget;
pub use flow::{Endpoint, Flow, Flows, Method, OwnedManifest, Peer};
pub use identity::{Identity, Labels};
pub use job::{CronJob, Job};
pub use pod::{Pod, RunAs};
pub use port::NamedPort;
pub use probe::{Probe, Probes};
pub use reference::{
    ConfigMapKeyRef, ConfigMapRef, PriorityClassRef, ScaleTarget, SecretKeyRef, SecretRef,
    ServiceAccountRef, ServiceRef, StorageClassRef,
};
pub use resources::Resources;
pub use rollout::{BlueGreenPace, Canary, NEW_PODS_ARGUMENT};
pub use service::Service;
pub use volume::Volume;
pub use workload::Workload;
