//! The objects that an operator names when he promotes a standby or restores.

use names::{ConfigMapName, ServiceName, WorkloadName};

/// Who is the primary, and whether the cluster follows another one.
pub(crate) const TOPOLOGY: ConfigMapName = ConfigMapName::from_static("postgres-topology");
/// The service of the primary.
pub(crate) const READ_WRITE: ServiceName = ServiceName::from_static("postgres-rw");
/// The time that a restore goes back to.
pub(crate) const RESTORE_TIME: ConfigMapName = ConfigMapName::from_static("postgres-restore");
/// The job that makes base backups.
pub(crate) const BACKUP: WorkloadName = WorkloadName::from_static("postgres-backup");
/// The job that restores, once somebody starts it.
pub(crate) const RESTORE: WorkloadName = WorkloadName::from_static("postgres-restore");
/// The job that tries a restore.
pub(crate) const RESTORE_TEST: WorkloadName = WorkloadName::from_static("postgres-restore-test");
