//! The pods of a service.

use builders::{Container, Pod, Probe, Probes, RunAs, Volume};
use environment::{HttpProbe, Strategy};
use k8s_openapi::api::core::v1::{Lifecycle, LifecycleHandler, SleepAction};
use names::{
    Bytes, ContainerName, Duration, EnvironmentVariable, VolumeName, annotation_key, name,
};

use super::secrets::Secrets;
use super::{Plan, access};
use crate::convert::resources;

/// The user that services run as: none that a base image knows.
const USER: RunAs = RunAs::same(10_001);

/// Time in which load balancers and proxies learn that a pod is going, before its process is asked to stop.
const DRAIN: Duration = Duration::seconds(5);

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
    container
        .mount(&scratch, "/tmp")
        .probes(Probes::new(
            probe(plan, &settings.health.live),
            probe(plan, &settings.health.ready),
        ))
        // There is no builder for hooks, and this is the only one that every service needs.
        .patch(|container| {
            let sleep = SleepAction {
                seconds: DRAIN.as_seconds_i64(),
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
pub(super) fn pod(plan: &Plan<'_>, secrets: &Secrets) -> Pod {
    let revision = match plan.settings.rollout.value {
        Strategy::Rolling => "pod-template-hash",
        Strategy::Canary | Strategy::BlueGreen => "rollouts-pod-template-hash",
    };
    let pod = Pod::new(
        &plan.identity,
        &plan.account,
        USER,
        container(plan, secrets),
    )
    .annotation(&annotation_key!("prometheus.io/scrape"), "true")
    .annotation(
        &annotation_key!("prometheus.io/port"),
        plan.settings.port.to_string(),
    )
    .annotation(&annotation_key!("prometheus.io/path"), "/metrics")
    .spread_over_zones(false, Some(revision))
    .prefer_separate_nodes()
    .termination_grace(Duration::seconds(30).saturating_add(DRAIN));
    if access::reads_the_api(plan.settings) {
        pod.with_api_access()
    } else {
        pod
    }
}
