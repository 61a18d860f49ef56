//! Backups of objects and volumes by Velero.

use names::{CronSchedule, Duration, NamespaceName, ObjectName};

use crate::{Located, record};

record! {
    /// What is backed up, when, where to, and for how long it is kept.
    pub struct Backup {
        /// The name of the location for objects.
        pub location: ObjectName,
        /// The name of the location for snapshots of volumes.
        pub snapshots: ObjectName,
        /// The bucket that holds the backups.
        pub bucket: Located<ObjectName>,
        /// The storage account that the bucket lies in; on Azure only, where there has to be one.
        pub storage_account: Option<Located<String>>,
        /// When, in UTC.
        pub schedule: CronSchedule,
        /// What is backed up.
        pub namespaces: Vec<Located<NamespaceName>>,
        /// How long a backup is kept.
        pub keep: Duration,
    }
}
