//! The coordinator between the scaling of pods and of nodes, and the backup of what vertical scaling has learnt.

use std::collections::BTreeMap;

use names::{
    Bytes, ComponentName, CronSchedule, Duration, ImageReference, NamespaceName, ObjectName,
};

use super::{ComputeResources, Replicas};
use crate::{Located, record};

record! {
    /// How much movement is let through before everything stands still for a while.
    pub struct CircuitBreaker {
        /// Nodes that may come or go in an hour.
        pub node_churn_per_hour: u32,
        /// Pods that may be evicted in a minute.
        pub eviction_rate_per_minute: u32,
        /// How long nothing moves after that, in whole minutes.
        pub cooldown: Duration,
    }
}

record! {
    /// The pauses of the strategy `coordinated`.
    pub struct CoordinationPauses {
        /// No node comes or goes for so long after a pod was resized.
        pub after_vpa_update: Duration,
        /// So long has a need for nodes to last before one is made.
        pub before_nap_action: Duration,
    }
}

record! {
    /// The coordinator between the scaling of pods and of nodes.
    pub struct Coordinator {
        /// Where it runs.
        pub namespace: Located<NamespaceName>,
        /// Its image.
        pub image: ImageReference,
        /// CPU and memory of each replica.
        pub resources: ComputeResources,
        /// Between how many replicas it is scaled; one of them leads.
        pub replicas: Replicas,
        /// How long its autoscaler looks back before it scales up or down.
        pub stabilization: Duration,
        /// The pool of the strategy `isolated`.
        pub isolated_pool: Located<ObjectName>,
        /// The pauses of the strategy `coordinated`.
        pub coordinated: CoordinationPauses,
        /// The circuit breakers that tiers choose from.
        pub circuit_breakers: BTreeMap<ComponentName, CircuitBreaker>,
    }
}

record! {
    /// A container for blobs in one region.
    pub struct BlobContainer {
        /// The storage account.
        pub account: ObjectName,
        /// The container in it.
        pub container: ObjectName,
    }
}

record! {
    /// Copies of what vertical scaling has learnt.
    pub struct CheckpointBackup {
        /// Where it runs.
        pub namespace: Located<NamespaceName>,
        /// When, in UTC.
        pub schedule: CronSchedule,
        /// An image with `kubectl`, `jq` and `bash`.
        pub kubectl: ImageReference,
        /// An image of `rclone`.
        pub rclone: ImageReference,
        /// CPU and memory of each step.
        pub resources: ComputeResources,
        /// Room for one unpacked copy.
        pub scratch: Bytes,
        /// How long a copy is kept.
        pub keep: Duration,
        /// Where copies go, by region; all of them get each copy.
        pub regions: Located<BTreeMap<ObjectName, BlobContainer>>,
    }
}
