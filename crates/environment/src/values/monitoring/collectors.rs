//! What measures nodes and objects, and what hands metrics to autoscalers.

use names::{ImageReference, NamespaceName};

use crate::values::ComputeResources;
use crate::{Located, record};

record! {
    /// Metrics of the nodes.
    pub struct NodeExporter {
        /// Where it runs; the namespace must allow the host's network and directories of the node.
        pub namespace: Located<NamespaceName>,
        /// Its image.
        pub image: ImageReference,
        /// Its CPU and memory on each node.
        pub resources: ComputeResources,
    }
}

record! {
    /// Metrics about Kubernetes' objects.
    pub struct KubeStateMetrics {
        /// Its image.
        pub image: ImageReference,
        /// Its CPU and memory, which grow with the number of objects.
        pub resources: ComputeResources,
    }
}

record! {
    /// Metrics of services for the autoscalers: the API `custom.metrics.k8s.io`.
    pub struct MetricsAdapter {
        /// Its image.
        pub image: ImageReference,
        /// How many replicas serve the API, 1 to 9.
        pub replicas: u16 = 2,
        /// CPU and memory of each.
        pub resources: ComputeResources,
    }
}
