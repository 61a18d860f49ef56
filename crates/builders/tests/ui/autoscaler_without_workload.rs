//! An autoscaler aims at a workload that exists.

use builders::{HorizontalAutoscaler, Identity};
use names::{WorkloadName, name};

fn autoscaler(identity: &Identity) -> HorizontalAutoscaler {
    HorizontalAutoscaler::new(identity, &name!(WorkloadName, "basket"), 2, 10)
}

fn main() {}
