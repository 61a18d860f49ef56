//! The replicated PostgreSQL database.

use names::{Bytes, DataKey, ImageReference, NamespaceName, StorageClassName};

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
        /// CPU and memory of each instance.
        pub resources: ComputeResources,
        /// Client connections at most.
        pub connections: u32,
    }
}
