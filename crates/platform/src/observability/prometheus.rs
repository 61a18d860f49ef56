//! The Prometheus server: one pod that discovers what to scrape, with its rights, its configuration and its volume.

use builders::{
    ClaimTemplate, ClusterGrant, ConfigMap, Container, Endpoint, Flow, NamedPort, Peer, Permission,
    Pod, Probe, Probes, RunAs, Service, ServiceAccount, Volume, Workload,
};
use environment::Environment;
use names::{
    ApplicationName, Bytes, ContainerName, Duration, PathPrefix, PortName, RoleName,
    ServiceAccountName, ServiceName, VolumeName, WorkloadName, annotation_key, name, port,
};

use super::charts::scrapes;
use super::prometheus_config::{CONFIG, DIRECTORY, config};
use crate::component::Component;
use crate::convert::{identity, resources};
use crate::data::StorageClasses;
use crate::network::{API_SERVER, nodes};
use crate::wave;

const WEB: NamedPort = NamedPort::tcp(PortName::from_static("http-web"), port!(9090));
const KUBELET: NamedPort = NamedPort::tcp(PortName::from_static("kubelet"), port!(10_250));
const NAME: WorkloadName = WorkloadName::from_static("prometheus");
const HEADLESS: ServiceName = ServiceName::from_static("prometheus-headless");

/// What others may refer to.
#[derive(Clone, Debug)]
pub(crate) struct PrometheusHandles {
    /// The server, as what it scrapes lets it in.
    pub(crate) peer: Peer,
}

/// The server with everything it needs.
pub(crate) fn prometheus(
    environment: &Environment,
    classes: &StorageClasses,
) -> Component<PrometheusHandles> {
    let settings = &environment.monitoring.prometheus;
    let identity = identity(
        &name!(ApplicationName, "prometheus"),
        &environment.monitoring.namespace.value,
        &NAME,
    );
    let account = ServiceAccount::new(&identity, &name!(ServiceAccountName, "prometheus"));
    let peer = Peer::plain(&identity, &account.handle());
    let config = config(environment, &identity, WEB.port);
    let class = classes.get(&settings.storage.class.value);
    let claim = ClaimTemplate::new(
        &identity,
        &name!(VolumeName, "data"),
        &class,
        settings.storage.size.value,
    );
    let headless = Service::new(&identity, &HEADLESS, WEB.port, &WEB).headless();
    let service = Service::new(&identity, &name!(ServiceName, "prometheus"), WEB.port, &WEB);
    let pod = Pod::new(
        &identity,
        &account.handle(),
        USER,
        server(environment, &config, &claim),
    )
    .annotation(&annotation_key!("platform/config"), config.fingerprint())
    .with_api_access()
    // A shutdown writes what is in memory to disk.
    .termination_grace(Duration::minutes(5));
    let workload = Workload::stateful_set(pod, &headless.handle(), [claim]).replicas(1);
    let nodes = nodes(environment);
    let grant = ClusterGrant::new(
        &name!(RoleName, "platform:prometheus"),
        &account.handle(),
        permissions(),
    );
    let handles = PrometheusHandles { peer: peer.clone() };
    let charts = scrapes(environment, &handles);
    Component::new(
        identity.application(),
        identity.namespace(),
        wave::MONITORING,
        handles,
    )
    .talks(charts)
    .talks([KUBELET, API_SERVER].map(|port| {
        Flow::new(
            &peer,
            &Endpoint {
                peer: nodes.clone(),
                port,
            },
        )
    }))
    .with(grant.manifests())
    .with([
        account.manifest(),
        config.manifest(),
        workload.manifest(),
        headless.manifest(),
        service.manifest(),
    ])
}

/// `nobody`, as the image runs.
const USER: RunAs = RunAs {
    user: 65_534,
    group: 65_534,
    volume_group: Some(65_534),
};

/// What discovery lists and what scraping reads (the server's own documentation of `kubernetes_sd_config`).
fn permissions() -> [Permission; 4] {
    const READ: [&str; 3] = ["get", "list", "watch"];
    [
        Permission::new("", ["nodes", "services", "pods"], READ),
        Permission::new("discovery.k8s.io", ["endpointslices"], READ),
        Permission::new("", ["nodes/metrics"], ["get"]),
        Permission::paths(["/metrics"]),
    ]
}

fn server(environment: &Environment, config: &ConfigMap, claim: &ClaimTemplate) -> Container {
    let settings = &environment.monitoring.prometheus;
    let files = Volume::config_map(&name!(VolumeName, "config"), &config.handle());
    let probe = |path: &PathPrefix| Probe::http(&WEB, path).timeout(5);
    let (healthy, ready) = (
        name!(PathPrefix, "/-/healthy"),
        name!(PathPrefix, "/-/ready"),
    );
    let size = resources(&settings.resources).ephemeral_storage(Bytes::mebi(64), Bytes::mebi(256));
    Container::new(&name!(ContainerName, "prometheus"), &settings.image, &size)
        .args([
            format!("--config.file={DIRECTORY}/{CONFIG}"),
            "--storage.tsdb.path=/prometheus".to_owned(),
            // The file is read again when it changes, without a second container.
            "--config.auto-reload".to_owned(),
            format!(
                "--web.external-url=https://prometheus.{}",
                environment.domain
            ),
        ])
        .ports([&WEB])
        .mount_read_only(&files, &DIRECTORY.to_string())
        .mount(&claim.volume(), "/prometheus")
        // Replaying the log of a full server takes minutes, in which it is alive but not ready.
        .probes(
            Probes::new(
                probe(&healthy).period(10).failures(6),
                probe(&ready).period(5).failures(3),
            )
            .startup(probe(&ready).period(15).failures(60)),
        )
}
