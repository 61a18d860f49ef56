//! The replicated PostgreSQL database, with what stands before it, what is kept of it, and what it follows.

use names::{
    Bytes, CronSchedule, DataKey, Duration, ImageReference, NamespaceName, ObjectName,
    StorageClassName,
};

use super::ComputeResources;
use crate::{Located, record};

record! {
    /// A claim for a volume.
    pub struct ClaimSize {
        /// The kind of disk.
        pub class: Located<StorageClassName>,
        /// Its size.
        pub size: Located<Bytes>,
    }
}

record! {
    /// PgBouncer before the database: many clients share few connections.
    pub struct Pooler {
        /// Its image; below 1.25.2 it has known holes.
        pub image: ImageReference,
        /// The image of its exporter.
        pub exporter: ImageReference,
        /// How many run; two survive the loss of a node.
        pub replicas: Located<u16>,
        /// Client connections of each at most.
        pub clients: u32 = 1000,
        /// CPU and memory of each.
        pub resources: ComputeResources,
    }
}

record! {
    /// Where the database's log and base backups are kept, outside of the cluster.
    pub struct DatabaseArchive {
        /// The image that brings rclone, which speaks to the storage of every provider.
        pub image: ImageReference,
        /// The bucket that holds the archive.
        pub bucket: ObjectName,
        /// The storage account that the bucket lies in; on Azure only, where there has to be one.
        pub storage_account: Option<Located<String>>,
        /// When a base backup is taken, in UTC.
        pub schedule: CronSchedule,
        /// How far back a restore has to be able to go.
        pub keep: Located<Duration>,
        /// When the archive is restored to see that it can be, in UTC.
        pub test: CronSchedule,
        /// The greatest age of the newest write in a database that was restored for the test.
        pub maximum_age: Duration = Duration::minutes(15),
        /// CPU and memory of what backs up and restores.
        pub resources: ComputeResources,
    }
}

record! {
    /// The cluster of the twin, which this one stands by for: known by its archive alone, so that no network leads there.
    ///
    /// The bucket lies in the twin's region.
    pub struct FollowedDatabase {
        /// The bucket that holds the twin's archive.
        pub bucket: ObjectName,
        /// The storage account that the bucket lies in; on Azure only, where there has to be one.
        pub storage_account: Option<Located<String>>,
    }
}

record! {
    /// The replicated PostgreSQL database: one primary, the others stream from it.
    pub struct Postgres {
        /// Where it runs.
        pub namespace: Located<NamespaceName>,
        /// Its image.
        pub image: ImageReference,
        /// The database that is made at the first start.
        pub database: DataKey,
        /// Primary and standbys together, 1 to 9.
        pub instances: u16,
        /// The volume of each instance.
        pub storage: ClaimSize,
        /// The pool of nodes that the instances have for themselves; any node will do where nothing is said.
        pub nodes: Option<Located<ObjectName>>,
        /// CPU and memory of each instance.
        pub resources: ComputeResources,
        /// Client connections at most.
        pub connections: Located<u32>,
        /// The image of the exporter beside each instance; without it nothing is measured.
        pub exporter: Option<ImageReference>,
        /// What stands before the database.
        pub pooler: Option<Pooler>,
        /// Where the log and base backups are kept; without it nothing can be restored.
        pub archive: Option<DatabaseArchive>,
        /// The twin's database, where this one stands by for it.
        pub follows: Option<Located<FollowedDatabase>>,
    }
}

/// The server's connections that one PgBouncer may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolSizes {
    /// To the primary.
    pub read_write: u16,
    /// To any member.
    pub read_only: u16,
}

impl Postgres {
    /// Connections that no PgBouncer gets: PostgreSQL keeps three for its superuser, the exporter has five, and operators,
    /// upkeep and Jobs have the rest.
    pub const RESERVED_CONNECTIONS: u32 = 20;
    /// The fewest connections with which a pool is one.
    pub const SMALLEST_POOL: u32 = 8;

    /// What each PgBouncer may hold. While an update rolls there is one more of them; all reads may end up at one member, so
    /// that all pools together fit into what any server has.
    pub fn pool_sizes(&self) -> Option<PoolSizes> {
        let pooler = self.pooler.as_ref()?;
        let each = self.connections.saturating_sub(Self::RESERVED_CONNECTIONS)
            / (u32::from(pooler.replicas.value) + 1);
        let size = |count: u32| u16::try_from(count).unwrap_or(u16::MAX);
        Some(PoolSizes {
            read_write: size(each - each / 4),
            read_only: size(each / 4),
        })
    }
}
