//! When somebody is told that a service fails its callers.

use names::{Duration, Percentage};

use crate::record;

record! {
    /// When somebody is told that a service fails its callers.
    pub struct ServiceAlerts {
        /// The share of answers that are server errors.
        pub errors: Percentage,
        /// The time within which ninety-nine of a hundred requests are answered.
        pub latency: Duration,
        /// How long either has to last.
        pub after: Duration,
    }
}
