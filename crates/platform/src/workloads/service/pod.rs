//! The pods of a service.

use builders::{Container, Pod, Probe, Probes, RunAs, Volume};
use environment::{ContainerSize, HttpProbe, ServicePriority, Strategy};
use k8s_openapi::api::core::v1::{Lifecycle, LifecycleHandler, SleepAction};
use names::{Bytes, ContainerName, Duration, EnvironmentVariable, VolumeName, name};

use super::secrets::Secrets;
use super::{Plan, access, load_balancer};
use crate::convert::resources;
use crate::observability::scraped;
use crate::scheduling::PriorityClasses;

/// The user that services run as: none that a base image knows.
const USER: RunAs = RunAs::same(10_001);

/// Time in which proxies and the nodes learn that a pod is going, before its process is asked to stop.
const DRAIN: Duration = Duration::seconds(5);

/// How often a container that starts is asked whether it has.
const STARTUP_PERIOD: u16 = 10;

/// The time before the process is asked to stop: whoever sends it traffic has to know first.
fn drain(plan: &Plan<'_>) -> Duration {
    if plan.settings.load_balancer.is_some() {
        load_balancer::DEREGISTRATION
    } else {
        DRAIN
    }
}

fn probes(plan: &Plan<'_>) -> Probes {
    let health = &plan.settings.health;
    let probes = Probes::new(probe(plan, &health.live), probe(plan, &health.ready));
    let Some(startup) = health.startup else {
        return probes;
    };
    let attempts = startup.as_seconds().div_ceil(STARTUP_PERIOD.into());
    probes.startup(
        Probe::http(&plan.http, &health.live.path)
            .period(STARTUP_PERIOD)
            .failures(u16::try_from(attempts).unwrap_or(u16::MAX)),
    )
}

fn probe(plan: &Plan<'_>, settings: &HttpProbe) -> Probe {
    let seconds = |duration: Duration| u16::try_from(duration.as_seconds()).unwrap_or(u16::MAX);
    let mut probe = Probe::http(&plan.http, &settings.path);
    if let Some(delay) = settings.delay {
        probe = probe.initial_delay(seconds(delay));
    }
    if let Some(period) = settings.period {
        probe = probe.period(seconds(period));
    }
    if let Some(timeout) = settings.timeout {
        probe = probe.timeout(seconds(timeout));
    }
    probe
}

fn container(plan: &Plan<'_>, secrets: &Secrets) -> Container {
    let settings = plan.settings;
    let name: ContainerName = plan.identity.name().with_suffix("");
    let scratch = Volume::scratch(&name!(VolumeName, "tmp"), Bytes::mebi(128));
    let limits =
        resources(&settings.resources).ephemeral_storage(Bytes::mebi(64), Bytes::mebi(256));
    let mut container = Container::new(&name, &settings.image, &limits)
        .ports([&plan.http])
        .env(
            &name!(EnvironmentVariable, "PORT"),
            settings.port.to_string(),
        );
    for (variable, value) in &settings.variables {
        container = container.env(variable, value);
    }
    for (variable, key) in &secrets.variables {
        container = container.env_from_secret(variable, key);
    }
    for (variable, size) in &settings.sized {
        let limit = match size {
            ContainerSize::Cpu => "limits.cpu",
            ContainerSize::Memory => "limits.memory",
        };
        container = container.env_from_limit(variable, limit);
    }
    container
        .mount(&scratch, "/tmp")
        .probes(probes(plan))
        // There is no builder for hooks, and this is the only one that every service needs.
        .patch(|container| {
            let sleep = SleepAction {
                seconds: drain(plan).as_seconds_i64(),
            };
            container.lifecycle = Some(Lifecycle {
                pre_stop: Some(LifecycleHandler {
                    sleep: Some(sleep),
                    ..Default::default()
                }),
                ..Default::default()
            });
        })
}

/// The pod template of a service.
pub(super) fn pod(plan: &Plan<'_>, secrets: &Secrets, priorities: &PriorityClasses) -> Pod {
    let revision = match plan.settings.rollout.value {
        Strategy::Rolling => "pod-template-hash",
        Strategy::Canary | Strategy::BlueGreen => "rollouts-pod-template-hash",
    };
    let pod = Pod::new(
        &plan.identity,
        &plan.account,
        USER,
        container(plan, secrets),
    );
    let pod = scraped(pod, plan.settings.port)
        .spread_over_zones(false, Some(revision))
        .prefer_separate_nodes()
        .termination_grace(plan.settings.shutdown.saturating_add(drain(plan)));
    let pod = plan
        .settings
        .prefers
        .iter()
        .fold(pod, |pod, (key, value)| pod.prefer_nodes(key, &value.value));
    let pod = match plan.settings.priority {
        Some(ServicePriority::Production) => pod.priority(&priorities.production),
        Some(ServicePriority::Batch) => pod.priority(&priorities.batch),
        None => pod,
    };
    if access::reads_the_api(plan.settings) {
        pod.with_api_access()
    } else {
        pod
    }
}
