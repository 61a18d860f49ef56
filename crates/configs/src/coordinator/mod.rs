//! The configuration of the coordinator between the scaling of pods (VPA) and of nodes (node auto-provisioning).

mod configuration;
mod pools;
mod strategies;

pub use configuration::{Addresses, CircuitBreaker, Configuration, LeaderElection, TierPolicy};
pub use pools::{Ownership, PoolRule};
pub use strategies::{Pauses, Placement, Strategy, Toleration};
