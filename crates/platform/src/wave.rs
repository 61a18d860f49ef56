//! The order in which Argo CD syncs: each layer stands on those before it.

/// The cluster's own objects, namespaces, storage classes.
pub(crate) const FOUNDATION: i32 = 0;
/// Charts that bring controllers and the kinds that they serve.
pub(crate) const CONTROLLERS: i32 = 1;
/// Mesh-wide settings, policies and secrets, which need those kinds.
pub(crate) const POLICIES: i32 = 2;
/// Metrics, logs and backups.
pub(crate) const MONITORING: i32 = 3;
/// Databases and what else holds data.
pub(crate) const INFRASTRUCTURE: i32 = 4;
/// What users use.
pub(crate) const OPERATIONS: i32 = 5;
