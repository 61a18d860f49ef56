//! Recommendations for the size of a service, and numbers that follow from the size it has.

use names::{Bytes, Cpu};

use crate::{Located, Range, choice, record};

choice! {
    /// What a vertical autoscaler does with its recommendation.
    pub enum VerticalMode {
        /// Only shows it.
        Off = "off",
        /// Applies it to pods as they are made.
        Initial = "initial",
        /// Replaces pods to apply it.
        Recreate = "recreate",
        /// Applies it to running pods, and replaces those that cannot take it.
        InPlaceOrRecreate = "in-place-or-recreate",
    }
}

impl VerticalMode {
    /// Whether it touches pods that run already, as a horizontal autoscaler of the same pods does.
    pub fn changes_running_pods(self) -> bool {
        matches!(self, Self::Recreate | Self::InPlaceOrRecreate)
    }
}

record! {
    /// Recommendations for the container's size.
    pub struct VerticalScaling {
        /// What is done with them.
        pub mode: Located<VerticalMode>,
        /// The least and the greatest CPU request; any where nothing is said.
        pub cpu: Option<Range<Cpu>>,
        /// The least and the greatest memory request; any where nothing is said.
        pub memory: Option<Range<Bytes>>,
    }
}

choice! {
    /// A size of the container that a process is told of.
    pub enum ContainerSize {
        /// The CPU limit in whole CPUs, rounded up: a number of workers or threads.
        Cpu = "cpu",
        /// The memory limit in bytes: the bound of a heap or a pool.
        Memory = "memory",
    }
}
