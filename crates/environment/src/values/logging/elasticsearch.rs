//! The cluster that stores and searches the logs, with what stands before and behind it.

use names::{CronSchedule, HostName, ImageReference, NamespaceName};

use crate::values::{ClaimSize, ComputeResources};
use crate::{Located, record};

record! {
    /// Elasticsearch in this cluster: every node is master, data and ingest node in one.
    pub struct Elasticsearch {
        /// Where it runs, with Logstash and Kibana.
        pub namespace: Located<NamespaceName>,
        /// Its image; Logstash and Kibana must be of the same version.
        pub image: Located<ImageReference>,
        /// How many nodes: 1, or 3 to 9, of which one may fail. The first three elect the first master, so that a
        /// cluster of one cannot grow in place.
        pub nodes: Located<u16>,
        /// The volume of each node.
        pub storage: ClaimSize,
        /// CPU and memory of each node; half of the memory limit becomes heap.
        pub resources: ComputeResources,
        /// When lifecycle policies, index templates, roles, users and passwords are brought in line, in UTC.
        pub setup: CronSchedule,
        /// Who tells Prometheus how the cluster is.
        pub exporter: ElasticsearchExporter,
        /// What reads structure out of application logs on their way; without it they come as they are.
        pub logstash: Option<Logstash>,
        /// The search page.
        pub kibana: Option<Kibana>,
    }
}

record! {
    /// The exporter of the cluster's metrics.
    pub struct ElasticsearchExporter {
        /// Its image.
        pub image: ImageReference,
        /// Its CPU and memory.
        pub resources: ComputeResources,
    }
}

record! {
    /// Logstash between Fluentd and Elasticsearch.
    pub struct Logstash {
        /// Its image.
        pub image: Located<ImageReference>,
        /// How many, 1 to 9.
        pub replicas: Located<u16>,
        /// The volume of each: what Elasticsearch has not taken yet, and what it refused.
        pub storage: ClaimSize,
        /// CPU and memory of each; half of the memory limit becomes heap.
        pub resources: ComputeResources,
    }
}

record! {
    /// Kibana.
    pub struct Kibana {
        /// Its image.
        pub image: Located<ImageReference>,
        /// The host under which people reach it.
        pub host: HostName,
        /// How many, 1 to 9.
        pub replicas: Located<u16>,
        /// CPU and memory of each.
        pub resources: ComputeResources,
    }
}
