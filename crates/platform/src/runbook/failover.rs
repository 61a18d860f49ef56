//! Failing over to the twin in another region.

use configs::runbook::{Failover, Twin};
use environment::Role;

use super::Page;

/// The chapter, where the environment has a twin.
pub(super) fn failover(page: &Page<'_>) -> Option<Failover> {
    let environment = page.environment;
    let twin = environment.twin.as_ref()?;
    Some(Failover {
        standby: environment.role.value == Role::Standby,
        twin: Twin {
            name: twin.cluster.to_string(),
            region: twin.region.to_string(),
        },
        lag: environment
            .postgres
            .as_ref()
            .filter(|database| database.archive.is_some())
            .map(|_| environment.monitoring.alerts.replication_lag.to_string()),
    })
}
