//! The server that collects metrics: how often, and how long they are kept.

use std::collections::BTreeMap;

use names::{
    Bytes, ComponentName, Duration, ImageReference, ObjectName, RoleName, ServiceAccountName,
};

use crate::values::{AccountPermission, ClaimSize, ComputeResources};
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
    /// A scrape job of its own for the pods of one service, which are then left out of the job for all pods.
    pub struct ScrapeJob {
        /// The service.
        pub service: Located<ComponentName>,
        /// How often, where it differs from all others.
        pub interval: Option<Duration>,
    }
}

record! {
    /// The account that the server runs under.
    pub struct MonitoringAccount {
        /// Its name.
        pub name: ServiceAccountName,
        /// The role that holds its rights in its own namespace.
        pub role: RoleName,
        /// These rights; those over the cluster that discovery needs come by themselves.
        pub may: Vec<AccountPermission>,
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
        /// The account it runs under; one of its own name where nothing is said.
        pub account: Option<MonitoringAccount>,
        /// Jobs for single services, by the value of the label `job`.
        pub jobs: BTreeMap<ObjectName, ScrapeJob> = BTreeMap::new(),
    }
}
