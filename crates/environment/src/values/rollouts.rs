//! The strategies by which a new version of a service replaces the old one.

use names::{Duration, Percentage, Weight};

use crate::{Located, record};

record! {
    /// One step of a canary.
    pub struct CanaryStep {
        /// The share of traffic that the new version gets, in percent.
        pub weight: Weight,
        /// How long the rollout waits after this step; none goes on at once.
        pub pause: Option<Duration>,
    }
}

record! {
    /// How a rolling update paces itself.
    pub struct RollingPace {
        /// Pods above the wanted number.
        pub surge: Percentage,
        /// Pods that may be missing.
        pub unavailable: Percentage,
    }
}

record! {
    /// The strategies that services choose from.
    pub struct Rollouts {
        /// The steps of a canary.
        pub canary: Located<Vec<CanaryStep>>,
        /// The pace of a rolling update.
        pub rolling: RollingPace,
    }
}
