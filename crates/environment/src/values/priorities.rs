//! Who goes first where there is not enough: pods on the nodes, and requests at the API server.

use names::{ImageReference, NamespaceName, Percentage};

use super::ComputeResources;
use crate::{Located, record};

record! {
    /// The priority classes, by which pods are scheduled first, preempt others and are evicted last.
    ///
    /// A greater value goes first. Values above a billion belong to Kubernetes itself.
    pub struct Priorities {
        /// What other pods cannot do without: policies at admission, secrets, the mesh, databases.
        pub platform_critical: Located<i32> = Located::implied(1_000_000),
        /// What users use.
        pub production: Located<i32> = Located::implied(100_000),
        /// Pods that say nothing.
        pub default: Located<i32> = Located::implied(0),
        /// Jobs that can wait; they preempt nobody.
        pub batch: Located<i32> = Located::implied(-5),
        /// Pods that only keep room for others; the cluster autoscaler takes no notice of pods below -10.
        pub placeholder: Located<i32> = Located::implied(-10),
    }
}

impl Priorities {
    /// What holds where an environment says nothing.
    pub(super) const USUAL: Self = Self {
        platform_critical: Located::implied(1_000_000),
        production: Located::implied(100_000),
        default: Located::implied(0),
        batch: Located::implied(-5),
        placeholder: Located::implied(-10),
    };
}

record! {
    /// Pods that do nothing but keep room free: they give way at once, and a new node for them is on its way before
    /// somebody needs it.
    pub struct OverProvisioning {
        /// Where they run.
        pub namespace: Located<NamespaceName>,
        /// An image that sleeps.
        pub image: ImageReference,
        /// How many pods.
        pub replicas: Located<u16>,
        /// What each of them keeps free.
        pub resources: ComputeResources,
    }
}

record! {
    /// What one kind of client gets of the requests that the API server works on at a time.
    pub struct RequestShare {
        /// Its share, beside 245 shares of Kubernetes' own levels.
        pub shares: Located<u32>,
        /// The part of it that others may use while it is idle.
        pub lendable: Percentage,
        /// How much it may borrow, in hundredths of its share; without a number as much as is idle.
        pub borrowing: Option<u16>,
    }
}

record! {
    /// How the API server is shared between its clients, whose flags managed control planes do not let anybody set.
    pub struct ApiFairness {
        /// Controllers of the platform.
        pub platform: RequestShare,
        /// What watches everything: metrics, logs, scanners.
        pub observers: RequestShare,
        /// Pods of services and tenants.
        pub workloads: RequestShare,
    }
}
