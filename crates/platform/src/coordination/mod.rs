//! What keeps vertical scaling of pods and provisioning of nodes from chasing each other, and what keeps what was learnt.

mod checkpoint_backup;
mod configuration;
mod coordinator;

use environment::Environment;

pub(crate) use checkpoint_backup::RESTORE as CHECKPOINTS_TO_RESTORE;
pub(crate) use coordinator::LEASE;

use crate::component::Component;
use crate::observability::PrometheusHandles;

/// The coordinator and the backup of checkpoints, as far as the environment has them.
pub(crate) fn coordination(
    environment: &Environment,
    prometheus: &PrometheusHandles,
) -> Vec<Component<()>> {
    let coordinator = environment
        .coordinator
        .as_ref()
        .map(|settings| coordinator::coordinator(environment, settings, prometheus));
    let backup = environment
        .checkpoint_backup
        .as_ref()
        .map(|settings| checkpoint_backup::checkpoint_backup(environment, settings));
    coordinator.into_iter().chain(backup).collect()
}
