//! What callers do about a service that is slow, full or failing: timeouts, retries, bounds and circuit breaking.

use names::{Duration, Percentage};

use crate::record;

record! {
    /// When a pod that fails is left alone for a while.
    pub struct Ejection {
        /// Server errors in a row.
        pub errors: u32 = EJECTION.errors,
        /// How often the pods are looked at.
        pub interval: Duration = EJECTION.interval,
        /// How long a pod is left alone the first time; each further time it is that much longer.
        pub time: Duration = EJECTION.time,
        /// How many of the pods may be left alone at a time.
        pub share: Percentage = EJECTION.share,
    }
}

/// What is usual.
const EJECTION: Ejection = Ejection {
    errors: 5,
    interval: Duration::seconds(10),
    time: Duration::seconds(30),
    share: Percentage::from_static(50),
};

record! {
    /// What callers do about a service that is slow, full or failing. What a service leaves out is taken from the
    /// environment's `defaults`, and what these leave out is usual: 15 s, 2 retries, 1000 connections, 256 requests that
    /// wait, 16 that are tried again, and a pod left alone for half a minute after 5 errors.
    pub struct Resilience {
        /// The longest time that a request may take.
        pub timeout: Option<Duration>,
        /// How often a failed request is tried again.
        pub retries: Option<u8>,
        /// Connections that one caller may hold.
        pub connections: Option<u32>,
        /// Requests of one caller that may wait for a connection; more are refused at once.
        pub pending: Option<u32>,
        /// Requests of one caller that may be tried again at the same time.
        pub pending_retries: Option<u32>,
        /// When a pod that fails is left alone.
        pub ejection: Option<Ejection>,
        /// Whether callers stay in their own zone and fall back on the others once its pods fail.
        pub same_zone: Option<bool>,
    }
}

impl Resilience {
    /// Nothing said at all.
    pub const UNSAID: Self = Self {
        timeout: None,
        retries: None,
        connections: None,
        pending: None,
        pending_retries: None,
        ejection: None,
        same_zone: None,
    };

    /// What holds where nobody says anything.
    pub(crate) const USUAL: Self = Self {
        timeout: Some(Duration::seconds(15)),
        retries: Some(2),
        connections: Some(1_000),
        pending: Some(256),
        pending_retries: Some(16),
        ejection: Some(EJECTION),
        same_zone: None,
    };

    /// What this says, and what `defaults` say where it is silent.
    #[must_use]
    pub fn or(&self, defaults: &Self) -> Self {
        Self {
            timeout: self.timeout.or(defaults.timeout),
            retries: self.retries.or(defaults.retries),
            connections: self.connections.or(defaults.connections),
            pending: self.pending.or(defaults.pending),
            pending_retries: self.pending_retries.or(defaults.pending_retries),
            ejection: self.ejection.clone().or_else(|| defaults.ejection.clone()),
            same_zone: self.same_zone.or(defaults.same_zone),
        }
    }
}
