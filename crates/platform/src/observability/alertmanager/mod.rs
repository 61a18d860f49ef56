//! Alertmanager: replicas that share silences and notifications, with the secrets by which they reach people.

mod config;

use builders::{
    ClaimTemplate, ConfigMap, Container, DisruptionBudget, Endpoint, Flow, Identity, NamedPort,
    Peer, Pod, Probe, Probes, RunAs, Service, ServiceAccount, ServiceRef, Volume, Workload,
};
use environment::{Alertmanager as Settings, Environment};
use manifest::Manifest;
use names::{
    ApplicationName, Bytes, ConfigMapName, ContainerName, DataKey, Duration, ObjectName,
    PathPrefix, PortName, ServiceAccountName, ServiceName, VolumeName, WorkloadName, name, port,
};

use super::PrometheusHandles;
use super::scraping::scraped;
use crate::backup::left_out;
use crate::component::Component;
use crate::convert::{identity, resources};
use crate::data::StorageClasses;
use crate::network::{HTTPS, beyond};
use crate::secrets::SecretStore;
use crate::wave;

const NAME: WorkloadName = WorkloadName::from_static("alertmanager");
const WEB: NamedPort = NamedPort::tcp(PortName::from_static("http-web"), port!(9093));
const GOSSIP: NamedPort = NamedPort::tcp(PortName::from_static("tcp-gossip"), port!(9094));
const GOSSIP_UDP: NamedPort = NamedPort::udp(PortName::from_static("udp-gossip"), port!(9094));
const RELOADER: NamedPort = NamedPort::tcp(PortName::from_static("http-reloader"), port!(8080));
const HEADLESS: ServiceName = ServiceName::from_static("alertmanager-headless");
const CONFIG: DataKey = DataKey::from_static("alertmanager.yml");
const DIRECTORY: &str = "/etc/alertmanager";
/// `nobody`, as the image runs.
const USER: RunAs = RunAs::same(65_534);

/// What others may refer to.
#[derive(Clone, Debug)]
pub(crate) struct AlertmanagerHandles {
    /// The replicas, as those call them who have alerts, silences or questions.
    pub(crate) endpoint: Endpoint,
    /// The Service of all replicas.
    pub(crate) service: ServiceRef,
}

impl AlertmanagerHandles {
    /// Where any of the replicas answers.
    pub(crate) fn url(&self) -> String {
        format!("http://{}:{}", self.service.host(), WEB.port)
    }
}

/// The replicas with everything they need.
pub(crate) fn alertmanager(
    environment: &Environment,
    settings: &Settings,
    classes: &StorageClasses,
    store: &SecretStore,
    prometheus: &PrometheusHandles,
) -> Component<AlertmanagerHandles> {
    let identity = identity(
        &name!(ApplicationName, "alertmanager"),
        &environment.monitoring.namespace.value,
        &NAME,
    );
    let account = ServiceAccount::new(&identity, &name!(ServiceAccountName, "alertmanager"));
    let peer = Peer::plain(&identity, &account.handle());
    let config = ConfigMap::new(&identity, &name!(ConfigMapName, "alertmanager-config")).entry(
        &CONFIG,
        config::configuration(settings, environment.postgres.is_some()).to_text(),
    );
    let (headless, service) = services(&identity);
    let claim = ClaimTemplate::new(
        &identity,
        &name!(VolumeName, "data"),
        &classes.get(&settings.storage.class.value),
        settings.storage.size.value,
    );
    let (secrets, mounts) = secrets(settings, &identity, store);
    let files = Volume::config_map(&name!(VolumeName, "config"), &config.handle());
    let server = mounts.iter().fold(
        server(environment, settings, &headless.handle(), &files, &claim),
        |server, (volume, path)| server.mount_read_only(volume, path),
    );
    let pod = Pod::new(&identity, &account.handle(), USER, server)
        .container(reloader(settings, &files))
        .spread_over_zones(false, None)
        .prefer_separate_nodes()
        .termination_grace(Duration::minutes(2));
    let workload = Workload::stateful_set(scraped(pod, WEB.port), &headless.handle(), [claim])
        .replicas(settings.replicas.into());
    let handles = AlertmanagerHandles {
        endpoint: at(&peer, WEB),
        service: service.handle(),
    };
    Component::new(
        identity.application(),
        identity.namespace(),
        wave::MONITORING,
        handles,
    )
    .talks(flows(environment, settings, &peer, prometheus))
    .with(secrets)
    .with(
        (settings.replicas > 1).then(|| DisruptionBudget::max_unavailable(&identity, 1).manifest()),
    )
    .with([
        account.manifest(),
        config.manifest(),
        left_out(
            workload.manifest(),
            environment,
            "it keeps silences and what has been notified, for some days",
        ),
        headless.manifest(),
        service.manifest(),
    ])
}

/// The Service by which replicas find each other, and the one for everybody else.
fn services(identity: &Identity) -> (Service, Service) {
    let headless = Service::new(identity, &HEADLESS, WEB.port, &WEB)
        .port(GOSSIP.port, &GOSSIP)
        .port(GOSSIP_UDP.port, &GOSSIP_UDP)
        .headless();
    let service = Service::new(
        identity,
        &name!(ServiceName, "alertmanager"),
        WEB.port,
        &WEB,
    );
    (headless, service)
}

fn at(peer: &Peer, port: NamedPort) -> Endpoint {
    Endpoint {
        peer: peer.clone(),
        port,
    }
}

/// Prometheus sends alerts and asks for metrics, the replicas gossip, and receivers are outside.
fn flows(
    environment: &Environment,
    settings: &Settings,
    peer: &Peer,
    prometheus: &PrometheusHandles,
) -> Vec<Flow> {
    let mut flows = vec![
        Flow::new(&prometheus.peer, &at(peer, WEB)),
        Flow::new(peer, &at(peer, GOSSIP)),
        Flow::new(peer, &at(peer, GOSSIP_UDP)),
    ];
    let receivers = beyond(environment, name!(ObjectName, "alert-receivers"));
    let mail = settings
        .smtp
        .as_ref()
        .map(|smtp| NamedPort::tcp(name!(PortName, "smtp"), smtp.port));
    flows.extend(
        std::iter::once(HTTPS)
            .chain(mail)
            .map(|port| Flow::new(peer, &at(&receivers, port))),
    );
    flows
}

/// The secrets of the receivers, each with the volume that mounts it and the directory that it is mounted at.
fn secrets(
    settings: &Settings,
    identity: &Identity,
    store: &SecretStore,
) -> (Vec<Manifest>, Vec<(Volume, String)>) {
    config::secrets(settings)
        .into_iter()
        .map(|(name, keys)| {
            let (manifest, secret) = store.secret(identity, &name, &keys);
            let volume = Volume::secret(&volume_name(&name), &secret, &keys);
            (manifest, (volume, config::directory(&name)))
        })
        .unzip()
}

fn volume_name(secret: &names::SecretName) -> VolumeName {
    secret.with_suffix("")
}

fn server(
    environment: &Environment,
    settings: &Settings,
    headless: &ServiceRef,
    files: &Volume,
    claim: &ClaimTemplate,
) -> Container {
    let probe = |path: &PathPrefix| Probe::http(&WEB, path).timeout(5);
    let (healthy, ready) = (
        name!(PathPrefix, "/-/healthy"),
        name!(PathPrefix, "/-/ready"),
    );
    let peers = (0..settings.replicas).map(|ordinal| {
        format!(
            "--cluster.peer={NAME}-{ordinal}.{}:{}",
            headless.host(),
            GOSSIP.port
        )
    });
    // Alone it need not look for others.
    let listen = if settings.replicas > 1 {
        format!("0.0.0.0:{}", GOSSIP.port)
    } else {
        String::new()
    };
    let size = resources(&settings.resources).ephemeral_storage(Bytes::mebi(32), Bytes::mebi(128));
    Container::new(
        &name!(ContainerName, "alertmanager"),
        &settings.image,
        &size,
    )
    .args([
        format!("--config.file={DIRECTORY}/{CONFIG}"),
        "--storage.path=/alertmanager".to_owned(),
        format!("--data.retention={}", settings.retention.kubernetes()),
        format!(
            "--web.external-url=https://alertmanager.{}",
            environment.domain
        ),
        "--web.route-prefix=/".to_owned(),
        format!("--cluster.listen-address={listen}"),
        // After a restart of all replicas their addresses are new.
        "--cluster.reconnect-timeout=5m".to_owned(),
    ])
    .args(peers.filter(|_| settings.replicas > 1))
    .ports([&WEB, &GOSSIP, &GOSSIP_UDP])
    .mount_read_only(files, DIRECTORY)
    .mount(&claim.volume(), "/alertmanager")
    .probes(
        Probes::new(
            probe(&healthy).period(10).failures(6),
            probe(&ready).period(5).failures(3),
        )
        .startup(probe(&ready).period(5).failures(24)),
    )
}

/// Asks the server to read its configuration again when the mounted files change. Secrets need no such thing: their files
/// are read for each notification.
fn reloader(settings: &Settings, files: &Volume) -> Container {
    let health = name!(PathPrefix, "/healthz");
    let size =
        resources(&settings.reloader.resources).ephemeral_storage(Bytes::mebi(16), Bytes::mebi(64));
    Container::new(
        &name!(ContainerName, "config-reloader"),
        &settings.reloader.image,
        &size,
    )
    .args([
        format!("--listen-address=:{}", RELOADER.port),
        format!("--watched-dir={DIRECTORY}"),
        format!("--reload-url=http://127.0.0.1:{}/-/reload", WEB.port),
    ])
    .ports([&RELOADER])
    .mount_read_only(files, DIRECTORY)
    .probes(Probes::helper(
        Probe::http(&RELOADER, &health)
            .timeout(5)
            .period(30)
            .failures(5),
    ))
}
