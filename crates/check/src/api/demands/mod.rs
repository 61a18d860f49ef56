//! What is demanded of each definition of a built-in kind; the facts are those of Kubernetes' validation packages,
//! minors 1.33 to 1.36.

mod admission;
mod cluster;
mod common;
mod core;
mod devices;
mod network;
mod storage;
mod volumes;
mod workloads;

use super::native::Demand;

/// No bound.
pub(super) const ANY: i64 = i64::MAX;

/// Definition (below `io.k8s.api.`, or `io.k8s.apimachinery.pkg.apis.`) and what is demanded of it. A definition may
/// stand in several tables.
pub(super) type Table = &'static [(&'static str, &'static [Demand])];

/// All tables.
pub(super) const TABLES: [Table; 9] = [
    common::TABLE,
    admission::TABLE,
    cluster::TABLE,
    core::TABLE,
    devices::TABLE,
    network::TABLE,
    storage::TABLE,
    volumes::TABLE,
    workloads::TABLE,
];
