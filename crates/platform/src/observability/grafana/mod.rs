//! Grafana: dashboards over Prometheus and Alertmanager, with what it is provisioned with and the volume of its database.

mod config;

use builders::{
    ClaimTemplate, ConfigMap, Container, Endpoint, Flow, Identity, NamedPort, Peer, Pod, Probe,
    Probes, RunAs, SecretRef, Service, ServiceAccount, Volume, Workload,
};
use environment::{Environment, Grafana as Settings};
use manifest::Manifest;
use names::{
    ApplicationName, Bytes, ConfigMapName, ContainerName, DataKey, ObjectName, PathPrefix,
    PortName, SecretName, ServiceAccountName, ServiceName, VolumeName, WorkloadName, name, port,
};

use super::PrometheusHandles;
use super::alertmanager::AlertmanagerHandles;
use super::scraping::scraped;
use crate::annotations::FINGERPRINT;
use crate::backup::left_out;
use crate::component::Component;
use crate::convert::{identity, resources};
use crate::data::StorageClasses;
use crate::network::web;
use crate::secrets::SecretStore;
use crate::wave;

const NAME: WorkloadName = WorkloadName::from_static("grafana");
const WEB: NamedPort = NamedPort::tcp(PortName::from_static("http-web"), port!(3000));
const HEADLESS: ServiceName = ServiceName::from_static("grafana-headless");
/// As the image runs; its files belong to the group of root.
const USER: RunAs = RunAs {
    user: 472,
    group: 0,
    volume_group: Some(472),
};

const INI: DataKey = DataKey::from_static("grafana.ini");
const SOURCES: DataKey = DataKey::from_static("datasources.yaml");
const PROVIDERS: DataKey = DataKey::from_static("providers.yaml");
const CONTACT_POINTS: DataKey = DataKey::from_static("contact-points.yaml");
const POLICIES: DataKey = DataKey::from_static("policies.yaml");

/// What other components lend to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sources<'a> {
    /// Metrics.
    pub(crate) prometheus: &'a PrometheusHandles,
    /// Alerts and silences.
    pub(crate) alertmanager: Option<&'a AlertmanagerHandles>,
}

/// The files that it reads, each kind from a ConfigMap of its own because each has a directory of its own.
struct Files {
    settings: ConfigMap,
    sources: ConfigMap,
    dashboards: ConfigMap,
    alerting: Option<ConfigMap>,
}

impl Files {
    fn all(&self) -> impl Iterator<Item = &ConfigMap> {
        [&self.settings, &self.sources, &self.dashboards]
            .into_iter()
            .chain(&self.alerting)
    }

    /// A fingerprint of what is read at the start only; dashboards are looked at all the time.
    fn read_at_start(&self) -> String {
        let files = [&self.settings, &self.sources]
            .into_iter()
            .chain(&self.alerting);
        files
            .map(ConfigMap::fingerprint)
            .collect::<Vec<_>>()
            .join("-")
    }
}

/// One pod with everything it needs: its database is a file, which a second pod could not share.
pub(crate) fn grafana(
    environment: &Environment,
    settings: &Settings,
    classes: &StorageClasses,
    store: &SecretStore,
    sources: Sources<'_>,
) -> Component<()> {
    let identity = identity(
        &name!(ApplicationName, "grafana"),
        &environment.monitoring.namespace.value,
        &NAME,
    );
    let account = ServiceAccount::new(&identity, &name!(ServiceAccountName, "grafana"));
    let peer = Peer::plain(&identity, &account.handle());
    let headless = Service::new(&identity, &HEADLESS, WEB.port, &WEB).headless();
    let service = Service::new(&identity, &name!(ServiceName, "grafana"), port!(80), &WEB);
    let claim = ClaimTemplate::new(
        &identity,
        &name!(VolumeName, "data"),
        &classes.get(&settings.storage.class.value),
        settings.storage.size.value,
    );
    let files = files(environment, settings, &identity, sources);
    let secrets = secrets(settings, &identity, store);
    let container = container(settings, &files, &claim, &secrets);
    let pod = Pod::new(&identity, &account.handle(), USER, container)
        .annotation(&FINGERPRINT, files.read_at_start());
    let workload =
        Workload::stateful_set(scraped(pod, WEB.port), &headless.handle(), [claim]).replicas(1);
    Component::new(
        identity.application(),
        identity.namespace(),
        wave::MONITORING,
        (),
    )
    .talks(flows(environment, settings, &peer, sources))
    .with(secrets.into_iter().map(|secret| secret.manifest))
    .with(files.all().map(|file| file.clone().manifest()))
    .with([
        account.manifest(),
        left_out(
            workload.manifest(),
            environment,
            "dashboards, sources and contact points come from Git, and users from the identity provider",
        ),
        headless.manifest(),
        service.manifest(),
    ])
}

fn flows(
    environment: &Environment,
    settings: &Settings,
    peer: &Peer,
    sources: Sources<'_>,
) -> Vec<Flow> {
    let own = Endpoint {
        peer: peer.clone(),
        port: WEB,
    };
    let alertmanager = sources.alertmanager.map(|handles| &handles.endpoint);
    // Codes become tokens, and tokens claims, by calls from here.
    let sign_in = settings
        .sign_in
        .as_ref()
        .map(|_| web(environment, name!(ObjectName, "identity-provider")));
    let called = [
        Some(&sources.prometheus.endpoint),
        alertmanager,
        sign_in.as_ref(),
    ];
    called
        .into_iter()
        .flatten()
        .map(|endpoint| Flow::new(peer, endpoint))
        .chain([Flow::new(&sources.prometheus.peer, &own)])
        .collect()
}

/// A secret with the directory that it is mounted at.
struct MountedSecret {
    manifest: Manifest,
    secret: SecretRef,
    name: VolumeName,
    keys: Vec<DataKey>,
    directory: &'static str,
}

fn secrets(settings: &Settings, identity: &Identity, store: &SecretStore) -> Vec<MountedSecret> {
    let mounted = |name: SecretName, keys: [DataKey; 2], directory| {
        let (manifest, secret) = store.secret(identity, &name, &keys);
        MountedSecret {
            manifest,
            secret,
            name: name.with_suffix(""),
            keys: keys.to_vec(),
            directory,
        }
    };
    let administrator = mounted(
        name!(SecretName, "grafana-admin"),
        [config::PASSWORD, config::SECRET_KEY],
        config::ADMINISTRATOR,
    );
    let sign_in = settings.sign_in.as_ref().map(|_| {
        mounted(
            name!(SecretName, "grafana-oauth"),
            [config::CLIENT_ID, config::CLIENT_SECRET],
            config::SIGN_IN,
        )
    });
    std::iter::once(administrator).chain(sign_in).collect()
}

fn files(
    environment: &Environment,
    settings: &Settings,
    identity: &Identity,
    sources: Sources<'_>,
) -> Files {
    let new = |name| ConfigMap::new(identity, &name);
    let dashboards = config::dashboards(environment).into_iter().fold(
        new(name!(ConfigMapName, "grafana-dashboards")),
        |map, (key, text)| map.entry(&key, text),
    );
    let provisioned = new(name!(ConfigMapName, "grafana-datasources"))
        .entry(&SOURCES, config::sources(environment, sources))
        .entry(&PROVIDERS, config::providers());
    let alerting = sources.alertmanager.map(|alertmanager| {
        let (points, policies) = config::alerting(alertmanager);
        new(name!(ConfigMapName, "grafana-alerting"))
            .entry(&CONTACT_POINTS, points)
            .entry(&POLICIES, policies)
    });
    Files {
        settings: new(name!(ConfigMapName, "grafana-config"))
            .entry(&INI, config::settings(settings)),
        sources: provisioned,
        dashboards,
        alerting,
    }
}

fn container(
    settings: &Settings,
    files: &Files,
    claim: &ClaimTemplate,
    secrets: &[MountedSecret],
) -> Container {
    // The one says that the server answers, the other that its database does as well.
    let alive = name!(PathPrefix, "/healthz");
    let healthy = name!(PathPrefix, "/api/health");
    let probe = |path| Probe::http(&WEB, path).timeout(5);
    let volume = |name: VolumeName, map: &ConfigMap| Volume::config_map(&name, &map.handle());
    let ini = volume(name!(VolumeName, "config"), &files.settings);
    let provisioned = volume(name!(VolumeName, "datasources"), &files.sources);
    let dashboards = volume(name!(VolumeName, "dashboards"), &files.dashboards);
    let size = resources(&settings.resources).ephemeral_storage(Bytes::mebi(64), Bytes::mebi(512));
    let at = |directory: &str, key: &DataKey| format!("{}/{directory}/{key}", config::PROVISIONING);
    let container = Container::new(&name!(ContainerName, "grafana"), &settings.image, &size)
        .ports([&WEB])
        .mount_file(&ini, INI.as_str(), &format!("/etc/grafana/{INI}"))
        .mount_file(&provisioned, SOURCES.as_str(), &at("datasources", &SOURCES))
        .mount_file(
            &provisioned,
            PROVIDERS.as_str(),
            &at("dashboards", &PROVIDERS),
        )
        .mount_read_only(&dashboards, &config::DASHBOARDS.to_string())
        .mount(&claim.volume(), &config::DATA.to_string())
        .mount(
            &Volume::scratch(&name!(VolumeName, "tmp"), Bytes::mebi(128)),
            "/tmp",
        )
        .mount(
            &Volume::scratch(&name!(VolumeName, "log"), Bytes::mebi(64)),
            "/var/log/grafana",
        )
        // The first start of a new version changes the database.
        .probes(
            Probes::new(
                probe(&alive).period(15).failures(6),
                probe(&healthy).period(10).failures(3),
            )
            .startup(probe(&healthy).period(10).failures(60)),
        );
    let container = match &files.alerting {
        Some(map) => {
            let alerting = volume(name!(VolumeName, "alerting"), map);
            container.mount_read_only(&alerting, &format!("{}/alerting", config::PROVISIONING))
        }
        None => container,
    };
    secrets.iter().fold(container, |container, mounted| {
        let volume = Volume::secret(&mounted.name, &mounted.secret, &mounted.keys);
        container.mount_read_only(&volume, mounted.directory)
    })
}
