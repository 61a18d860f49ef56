//! The Services of a service: the one that callers use, and more where a strategy tells versions apart.

use builders::{Service, ServiceRef};
use environment::Strategy;
use manifest::Manifest;
use names::ServiceName;

use super::Plan;

/// The Services of one service.
pub(super) struct Services {
    main: Service,
    others: Vec<Service>,
}

impl Services {
    pub(super) fn main(&self) -> ServiceRef {
        self.main.handle()
    }

    pub(super) fn other(&self, index: usize) -> ServiceRef {
        self.others
            .get(index)
            .map_or_else(|| self.main(), Service::handle)
    }

    pub(super) fn into_manifests(self) -> Vec<Manifest> {
        let mut manifests = vec![self.main.manifest()];
        // A call by name says the line that it stands in.
        for other in self.others {
            manifests.push(other.manifest());
        }
        manifests
    }
}

fn service(plan: &Plan<'_>, suffix: &'static str) -> Service {
    let name: ServiceName = plan.identity.name().with_suffix(suffix);
    Service::new(&plan.identity, &name, plan.settings.port, &plan.http).app_protocol("http")
}

/// The Services that the strategy needs.
pub(super) fn services(plan: &Plan<'_>) -> Services {
    let others: &[&'static str] = match plan.settings.rollout.value {
        Strategy::Rolling => &[],
        Strategy::Canary => &["-canary", "-stable"],
        Strategy::BlueGreen => &["-preview"],
    };
    Services {
        main: service(plan, ""),
        others: others.iter().map(|suffix| service(plan, suffix)).collect(),
    }
}
