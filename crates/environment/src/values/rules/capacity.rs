//! Capacity: at the maximum of its autoscalers, and while new versions take over, a namespace asks for no more than its
//! quota.

use names::{Bytes, Cpu, NamespaceName};

use crate::values::{ComputeResources, Environment, Service, Strategy};
use crate::{Diagnostics, Located, Range};

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    for (name, namespace) in &environment.namespaces {
        let services = Services { environment, name };
        let (cpu, memory) = (&namespace.quota.cpu, &namespace.quota.memory);
        let proxy = services.proxy();
        services.fit(
            "request",
            "CPU",
            (cpu, *cpu.lower()),
            diagnostics,
            |service| {
                let own = &service.resources;
                *own.cpu.lower() + proxy.map_or(Cpu::ZERO, |proxy| *proxy.cpu.lower())
            },
        );
        services.fit("use", "CPU", (cpu, *cpu.upper()), diagnostics, |service| {
            let own = &service.resources;
            *own.cpu.upper() + proxy.map_or(Cpu::ZERO, |proxy| *proxy.cpu.upper())
        });
        services.fit(
            "request",
            "memory",
            (memory, *memory.lower()),
            diagnostics,
            |service| {
                let own = &service.resources;
                *own.memory.lower() + proxy.map_or(Bytes::ZERO, |proxy| *proxy.memory.lower())
            },
        );
        services.fit(
            "use",
            "memory",
            (memory, *memory.upper()),
            diagnostics,
            |service| {
                let own = &service.resources;
                *own.memory.upper() + proxy.map_or(Bytes::ZERO, |proxy| *proxy.memory.upper())
            },
        );
    }
}

/// The most pods of a service at one time: its maximum and what an update adds. A new version beside the old one that is
/// switched to or shifted to at once has as many again.
fn most_pods(environment: &Environment, service: &Service) -> u32 {
    let most = environment.replicas(service).max.value;
    let share = match service.rollout.value {
        Strategy::Rolling => environment.rollouts.rolling.surge.get(),
        Strategy::BlueGreen | Strategy::Canary => 100,
    };
    let surge = (u64::from(most) * u64::from(share)).div_ceil(100);
    most.saturating_add(u32::try_from(surge).unwrap_or(u32::MAX))
}

/// The services of one namespace.
struct Services<'a> {
    environment: &'a Environment,
    name: &'a NamespaceName,
}

impl Services<'_> {
    /// What the mesh adds to each of their pods.
    fn proxy(&self) -> Option<&ComputeResources> {
        let mesh = self.environment.mesh.as_ref()?;
        self.environment.is_meshed(self.name).then_some(&mesh.proxy)
    }

    /// Holds what they all may do at most to what the namespace may.
    fn fit<T>(
        &self,
        verb: &str,
        what: &str,
        (quota, allowed): (&Located<Range<T>>, T),
        diagnostics: &mut Diagnostics,
        one_pod: impl Fn(&Service) -> T,
    ) where
        T: Copy + Ord + std::fmt::Display + std::iter::Sum + std::ops::Mul<u32, Output = T>,
    {
        let amounts = || {
            self.environment
                .services
                .values()
                .filter(|service| service.namespace.value == *self.name)
                .map(|service| {
                    let amount = one_pod(service) * most_pods(self.environment, service);
                    (service, amount)
                })
        };
        let total: T = amounts().map(|(_, amount)| amount).sum();
        if total <= allowed {
            return;
        }
        let Some((most, _)) = amounts().max_by_key(|(_, amount)| *amount) else {
            return;
        };
        let replicas = &self.environment.replicas(most).max;
        diagnostics
            .error(
                &replicas.origin,
                format!("maximum replicas need more {what} than the namespace may {verb}"),
            )
            .label(
                &quota.origin,
                format!("{} may {verb} {allowed}", self.name),
            )
            .help(format!(
                "its services need {total} at their maxima while new versions take over: raise the quota or lower a maximum"
            ));
    }
}
