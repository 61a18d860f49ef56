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
    /// How a blue-green rollout goes about its switch.
    pub struct BlueGreenPace {
        /// How long the new version stands in preview before it takes over by itself; only a person switches where
        /// nothing is said.
        pub promote_after: Option<Duration>,
        /// Pods of the new version in preview; as many as the old one has where nothing is said.
        pub preview_replicas: Option<u32>,
        /// How long the old version stays after the switch, as the way back.
        pub keep: Duration = Duration::seconds(30),
    }
}

record! {
    /// What a new version is measured by while it takes over; one that falls short goes back by itself.
    pub struct RolloutAnalysis {
        /// The least share of answers that are no server errors.
        pub success: Percentage,
        /// The time within which ninety-five of a hundred requests are answered.
        pub latency: Duration,
        /// How often it is measured.
        pub interval: Duration,
        /// How long it is left alone at first, until there is something to measure.
        pub delay: Duration,
        /// How many measurements may fall short.
        pub failures: u32,
    }
}

record! {
    /// The strategies that services choose from.
    pub struct Rollouts {
        /// The steps of a canary; none where no service is rolled out so.
        pub canary: Located<Vec<CanaryStep>> = Located::implied(Vec::new()),
        /// The pace of a rolling update.
        pub rolling: RollingPace,
        /// How a blue-green rollout goes about its switch.
        pub blue_green: BlueGreenPace = BlueGreenPace::BY_HAND,
        /// What a new version is measured by, where the mesh sees its traffic; none is where nothing is said.
        pub analysis: Option<RolloutAnalysis>,
    }
}

impl BlueGreenPace {
    /// A person switches, and the old version stays for half a minute.
    const BY_HAND: Self = Self {
        promote_after: None,
        preview_replicas: None,
        keep: Duration::seconds(30),
    };
}
