//! How a service says that it has started, lives and is ready.

use names::{Duration, PathPrefix};

use crate::record;

record! {
    /// An HTTP probe.
    pub struct HttpProbe {
        /// The path that answers.
        pub path: PathPrefix,
        /// Wait after the container's start.
        pub delay: Option<Duration>,
        /// Time between two probes.
        pub period: Option<Duration>,
        /// Time to wait for an answer.
        pub timeout: Option<Duration>,
    }
}

record! {
    /// How a service says that it lives and is ready.
    pub struct Health {
        /// A failure restarts the container.
        pub live: HttpProbe,
        /// A failure takes the pod out of its Services.
        pub ready: HttpProbe,
        /// The time in which it may start, before `live` is asked at all: for what loads a model or fills a cache.
        pub startup: Option<Duration>,
    }
}
