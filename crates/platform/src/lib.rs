//! The catalogue: every component of the platform, from environment to manifests.
//!
//! A component is a pure function of the environment and of the handles of what it stands on. It cannot fail: whatever
//! can be wrong was found when the environment was read. It never asks for the name of the environment.

mod addons;
mod annotations;
mod backup;
mod catalogue;
mod cluster;
mod component;
mod convert;
mod coordination;
mod data;
mod external;
mod ingress;
mod logging;
mod mesh;
mod network;
mod observability;
mod policy;
mod provider;
mod runbook;
mod scheduling;
mod secrets;
mod tenancy;
mod wave;
mod workloads;

pub use catalogue::{applications, applications_and_flows};
pub use cluster::{NodePool, PoolMachine, node_pools};
pub use external::{ExternalObject, Footprint, external_objects};
pub use runbook::runbook;
