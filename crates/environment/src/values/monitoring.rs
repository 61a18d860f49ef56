//! Metrics: what collects them, how often, and how long they are kept.

use names::{Bytes, Duration, ImageReference, NamespaceName};

use super::{ClaimSize, ComputeResources};
use crate::{Located, record};

record! {
    /// How long metrics are kept: whichever bound is met first.
    pub struct Retention {
        /// Age.
        pub time: Duration,
        /// Size on disk, below that of the volume.
        pub size: Located<Bytes>,
    }
}

record! {
    /// The server that collects metrics.
    pub struct Prometheus {
        /// Its image.
        pub image: ImageReference,
        /// How often targets are scraped and rules evaluated.
        pub interval: Duration,
        /// How long metrics are kept.
        pub retention: Retention,
        /// Its volume.
        pub storage: ClaimSize,
        /// Its CPU and memory.
        pub resources: ComputeResources,
    }
}

record! {
    /// Metrics.
    pub struct Monitoring {
        /// Where the monitoring runs.
        pub namespace: Located<NamespaceName>,
        /// The server that collects metrics.
        pub prometheus: Prometheus,
    }
}
