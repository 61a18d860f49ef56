//! Logs: who ships them, where to, and how long they are kept.

use names::{Duration, HostName, ImageReference, NamespaceName, Port};

use super::ComputeResources;
use crate::{Located, record};

record! {
    /// The cluster that stores and searches the logs.
    pub struct SearchCluster {
        /// Its host.
        pub host: HostName,
        /// Its HTTPS port.
        pub port: Port,
    }
}

record! {
    /// How long logs are kept.
    pub struct LogRetention {
        /// Logs of the nodes and the platform.
        pub system: Duration,
        /// Logs of the applications.
        pub application: Duration,
    }
}

record! {
    /// The agent that ships every node's logs.
    pub struct Fluentd {
        /// Where it runs; the namespace must allow directories of the node.
        pub namespace: Located<NamespaceName>,
        /// Its image.
        pub image: ImageReference,
        /// Its CPU and memory.
        pub resources: ComputeResources,
    }
}

record! {
    /// Logs.
    pub struct Logging {
        /// Where logs are stored.
        pub search: SearchCluster,
        /// How long they are kept.
        pub keep: LogRetention,
        /// The agent that ships every node's logs.
        pub fluentd: Fluentd,
    }
}
