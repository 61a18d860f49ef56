//! The ingress: the host that the ingress controller serves, its certificate, and what holds for all of its paths.

use names::{Bytes, Duration, HostName};

use super::services::RequestRate;
use crate::{Located, record};

record! {
    /// What the ingress controller keeps of answers that may be kept.
    pub struct IngressCache {
        /// The most that it keeps on disk.
        pub size: Bytes,
        /// How long an answer is kept that nobody asks for.
        pub keep: Duration,
    }
}

record! {
    /// The host that the ingress controller serves.
    pub struct Ingress {
        /// The host.
        pub host: Located<HostName>,
        /// How many requests of one client are let through to each path.
        pub rate: RequestRate,
        /// How long browsers remember to come by HTTPS only.
        pub strict_transport: Duration,
        /// What is kept of answers.
        pub cache: Option<IngressCache>,
    }
}
