//! Logs: who ships them, where to, and how long they are kept.

mod elasticsearch;

use names::{Duration, HostName, ImageReference, NamespaceName, Port};

pub use elasticsearch::{Elasticsearch, ElasticsearchExporter, Kibana, Logstash};

use super::ComputeResources;
use crate::{Located, record};

record! {
    /// A cluster elsewhere that stores and searches the logs, and whose owner deletes them in time.
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
        /// Logs of the nodes and the platform, in whole days.
        pub system: Located<Duration>,
        /// Logs of the applications, in whole days.
        pub application: Located<Duration>,
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
    /// Logs. They are stored in a cluster elsewhere or in one of this cluster, never in both.
    pub struct Logging {
        /// The cluster elsewhere that stores them.
        pub search: Option<Located<SearchCluster>>,
        /// The cluster that stores them here.
        pub elasticsearch: Option<Located<Elasticsearch>>,
        /// How long they are kept.
        pub keep: LogRetention,
        /// The agent that ships every node's logs.
        pub fluentd: Fluentd,
    }
}
