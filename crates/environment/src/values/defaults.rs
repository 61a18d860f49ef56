//! What a service gets that says nothing itself.

use super::services::{Resilience, Service, ServiceAlerts, VerticalScaling};
use super::{Environment, Replicas};
use crate::{Located, record};

record! {
    /// What a service gets that says nothing itself.
    pub struct ServiceDefaults {
        /// Between how many replicas it is scaled.
        pub replicas: Replicas = ONE_REPLICA,
        /// Recommendations for its size.
        pub vertical_scaling: Option<VerticalScaling>,
        /// What its callers do when it is slow, full or failing.
        pub resilience: Resilience = Resilience::UNSAID,
        /// When somebody is told that it fails.
        pub alerts: Option<ServiceAlerts>,
    }
}

/// Where nobody says anything, nothing is scaled.
const ONE_REPLICA: Replicas = Replicas {
    min: Located::implied(1),
    max: Located::implied(1),
    cpu: None,
    memory: None,
    metric: None,
};

impl ServiceDefaults {
    /// What holds in an environment that has no defaults.
    pub(super) const NONE: Self = Self {
        replicas: ONE_REPLICA,
        vertical_scaling: None,
        resilience: Resilience::UNSAID,
        alerts: None,
    };
}

impl Environment {
    /// Between how many replicas `service` is scaled.
    pub fn replicas<'a>(&'a self, service: &'a Service) -> &'a Replicas {
        service.replicas.as_ref().unwrap_or(&self.defaults.replicas)
    }

    /// The recommendations for the size of `service`.
    pub fn vertical_scaling<'a>(&'a self, service: &'a Service) -> Option<&'a VerticalScaling> {
        service
            .vertical_scaling
            .as_ref()
            .or(self.defaults.vertical_scaling.as_ref())
    }

    /// What callers of `service` do when it is slow, full or failing.
    pub fn resilience(&self, service: &Service) -> Resilience {
        service
            .resilience
            .or(&self.defaults.resilience)
            .or(&Resilience::USUAL)
    }

    /// When somebody is told that `service` fails.
    pub fn alerts<'a>(&'a self, service: &'a Service) -> Option<&'a ServiceAlerts> {
        service.alerts.as_ref().or(self.defaults.alerts.as_ref())
    }
}
