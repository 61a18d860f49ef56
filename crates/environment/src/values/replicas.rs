//! Sizes that workloads share: compute resources and numbers of replicas.

use names::{Bytes, Cpu, Percentage};

use crate::{Located, Range, record};

record! {
    /// CPU and memory of one container: request..limit.
    pub struct ComputeResources {
        /// CPU.
        pub cpu: Located<Range<Cpu>>,
        /// Memory.
        pub memory: Located<Range<Bytes>>,
    }
}

record! {
    /// A metric that the pods expose and the metrics adapter serves to autoscalers.
    pub struct PodMetric {
        /// Its name at Prometheus and at the metrics API.
        pub name: Located<String>,
        /// The average of it to hold in each pod.
        pub average: u32,
    }
}

record! {
    /// Between how many replicas an autoscaler moves a workload, and by what.
    pub struct Replicas {
        /// The least number.
        pub min: Located<u32>,
        /// The greatest number.
        pub max: Located<u32>,
        /// Average use of the requested CPU to hold.
        pub cpu: Option<Percentage>,
        /// Average use of the requested memory to hold.
        pub memory: Option<Percentage>,
        /// Average of a metric of the pods to hold.
        pub metric: Option<PodMetric>,
    }
}
