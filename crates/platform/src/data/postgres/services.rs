//! The services of PostgreSQL: names for the members, one for the primary, one for all that can be read from.

use builders::{Identity, Service, ServiceRef};
use manifest::Manifest;
use names::{LabelValue, ServiceName, label_key};

use super::{HEADLESS, NAME, PORT};

/// The service that leads to all that can be read from.
pub(super) const READ_ONLY: ServiceName = ServiceName::from_static("postgres-ro");

/// The three services.
pub(super) struct Services {
    headless: Service,
    read_write: Service,
    read_only: Service,
}

impl Services {
    pub(super) fn headless(&self) -> ServiceRef {
        self.headless.handle()
    }

    pub(super) fn into_manifests(self) -> [Manifest; 3] {
        [
            self.headless.manifest(),
            self.read_write.manifest(),
            self.read_only.manifest(),
        ]
    }
}

/// The primary is found by the name of its pod, which a promotion changes; everybody who is ready may be read from.
pub(super) fn services(identity: &Identity) -> Services {
    let service =
        |name: &ServiceName| Service::new(identity, name, PORT.port, &PORT).app_protocol("tcp");
    let primary: LabelValue = NAME.with_suffix("-0");
    Services {
        headless: service(&HEADLESS).headless(),
        read_write: service(&super::operated::READ_WRITE)
            .only(&label_key!("statefulset.kubernetes.io/pod-name"), &primary),
        read_only: service(&READ_ONLY),
    }
}
