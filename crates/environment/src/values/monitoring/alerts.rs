//! Limits above which alerts are raised, as far as they differ from cluster to cluster.

use names::{Bytes, Duration};

use crate::record;

/// A backup a day, and two hours to make it.
const BACKUP_AGE: Duration = Duration::hours(26);
const REPLICATION_LAG: Duration = Duration::minutes(5);
const REPLICATION_BACKLOG: Bytes = Bytes::mebi(256);

record! {
    /// Limits above which alerts are raised.
    pub struct AlertThresholds {
        /// The greatest age of the newest backup: the time between two, and what making one takes.
        pub backup_age: Duration = BACKUP_AGE,
        /// How far a standby may be behind its primary in time.
        pub replication_lag: Duration = REPLICATION_LAG,
        /// How far a standby may be behind its primary in log.
        pub replication_backlog: Bytes = REPLICATION_BACKLOG,
    }
}

impl Default for AlertThresholds {
    fn default() -> Self {
        Self {
            backup_age: BACKUP_AGE,
            replication_lag: REPLICATION_LAG,
            replication_backlog: REPLICATION_BACKLOG,
        }
    }
}
