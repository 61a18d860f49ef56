//! The cache that services share: what is in it can be lost at any time.

use names::{ImageReference, NamespaceName};

use super::ComputeResources;
use crate::{Located, record};

record! {
    /// A cache in memory that speaks the protocol of Redis.
    pub struct Cache {
        /// Where it runs.
        pub namespace: Located<NamespaceName>,
        /// Its image.
        pub image: ImageReference,
        /// The image of its exporter.
        pub exporter: ImageReference,
        /// CPU and memory; seven tenths of the memory hold data.
        pub resources: ComputeResources,
        /// Client connections at most.
        pub clients: u32 = 5000,
    }
}
