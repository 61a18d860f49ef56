//! The cache: one Valkey in memory, reachable by its callers alone; what is in it can be lost at any time.

use builders::{
    ConfigMap, Container, Endpoint, NamedPort, Peer, Pod, Probe, Probes, Resources, RunAs,
    SecretKeyRef, SecretRef, Service, ServiceAccount, Volume, Workload,
};
use configs::FilePath;
use configs::valkey::{Cache as Configuration, Scripts};
use environment::{Cache, Environment};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use manifest::Exception;
use names::{
    ApplicationName, Bytes, ConfigMapName, ContainerName, Cpu, DataKey, Duration,
    EnvironmentVariable, PathPrefix, PortName, SecretName, ServiceAccountName, ServiceName,
    VolumeName, WorkloadName, name, port,
};

use super::postgres::Foundations;
use crate::annotations::FINGERPRINT;
use crate::component::Component;
use crate::convert::{identity, resources};
use crate::observability::{scraped, scraping};
use crate::wave;

const PORT: NamedPort = NamedPort::tcp(PortName::from_static("valkey"), port!(6379));
/// Where `redis_exporter` serves (its default).
const METRICS: NamedPort = NamedPort::tcp(PortName::from_static("http-metrics"), port!(9121));
const NAME: WorkloadName = WorkloadName::from_static("cache");
const PASSWORD: DataKey = DataKey::from_static("password");
const CONFIGURATION: DataKey = DataKey::from_static("valkey.conf");
const DIRECTORY: FilePath = FilePath::from_static("/etc/valkey");
const SECRET: FilePath = FilePath::from_static("/etc/valkey-secret");
const RUN: FilePath = FilePath::from_static("/run/valkey");

/// The user and the group `valkey` of the image's Alpine variant.
const USER: RunAs = RunAs {
    user: 999,
    group: 1000,
    volume_group: Some(1000),
};

/// What others may refer to.
#[derive(Clone, Debug)]
pub(crate) struct CacheHandles {
    /// The cache's port, for those who call it.
    pub(crate) endpoint: Endpoint,
}

/// The Deployment with everything it needs.
///
/// There is one: two beside each other would disagree, and a lost cache fills up again.
pub(crate) fn cache(
    environment: &Environment,
    settings: &Cache,
    foundations: Foundations<'_>,
) -> Component<CacheHandles> {
    let identity = identity(
        &name!(ApplicationName, "cache"),
        &settings.namespace.value,
        &NAME,
    );
    let account = ServiceAccount::new(&identity, &name!(ServiceAccountName, "cache"));
    let meshed = environment.is_meshed(identity.namespace());
    let peer = Peer::Workload {
        identity: identity.clone(),
        account: account.handle(),
        meshed,
    };
    let (password, secret) =
        foundations
            .store
            .secret(&identity, &name!(SecretName, "cache"), &[PASSWORD]);
    let files = files(settings).into_iter().fold(
        ConfigMap::new(&identity, &name!(ConfigMapName, "cache")),
        |config, (key, text)| config.entry(&key, text),
    );
    let pod = Pod::new(
        &identity,
        &account.handle(),
        USER,
        server(settings, &files, &secret),
    )
    .container(exporter(settings, &secret))
    .annotation(&FINGERPRINT, files.fingerprint())
    .priority(&foundations.priorities.production)
    .termination_grace(Duration::seconds(30));
    let workload = Workload::deployment(scraped(pod, METRICS.port))
        .replicas(1)
        // Never two: some callers would write into the one and others read from the other.
        .rolling_update(IntOrString::Int(0), IntOrString::Int(1));
    let service =
        Service::new(&identity, &name!(ServiceName, "cache"), PORT.port, &PORT).app_protocol("tcp");
    let metrics = scraping(foundations.prometheus, &peer, meshed, &METRICS);
    Component::new(
        identity.application(),
        identity.namespace(),
        wave::INFRASTRUCTURE,
        CacheHandles {
            endpoint: Endpoint { peer, port: PORT },
        },
    )
    .talks([metrics])
    .with([
        account.manifest(),
        password,
        files.manifest(),
        service.manifest(),
        workload.manifest().excuse(Exception {
            code: "WORK015",
            reason: "two caches would answer with two truths; callers do without it while it starts",
        }),
    ])
}

/// The configuration and the scripts.
fn files(settings: &Cache) -> Vec<(DataKey, String)> {
    let configuration = Configuration {
        port: PORT.port,
        memory: *settings.resources.memory.upper(),
        clients: settings.clients,
    };
    let scripts = Scripts {
        password_file: SECRET.file(&PASSWORD),
        configuration_file: DIRECTORY.file(&CONFIGURATION),
        run_file: RUN.file(&CONFIGURATION),
        port: PORT.port,
    };
    scripts
        .files()
        .into_iter()
        .chain([(CONFIGURATION, configuration.to_text())])
        .collect()
}

fn server(settings: &Cache, files: &ConfigMap, secret: &SecretRef) -> Container {
    let config = Volume::scripts(&name!(VolumeName, "config"), &files.handle());
    let password = Volume::secret(&name!(VolumeName, "password"), secret, &[PASSWORD]);
    let run = Volume::memory(&name!(VolumeName, "run"), Bytes::mebi(1));
    let data = Volume::scratch(&name!(VolumeName, "data"), Bytes::mebi(16));
    let size = resources(&settings.resources).ephemeral_storage(Bytes::mebi(16), Bytes::mebi(64));
    let ping = DIRECTORY.file(&Scripts::PING).to_string();
    let probe = || Probe::command(["sh", ping.as_str()]).timeout(5);
    Container::new(&name!(ContainerName, "valkey"), &settings.image, &size)
        .command(["sh", &DIRECTORY.file(&Scripts::START).to_string()])
        .ports([&PORT])
        .mount_read_only(&config, &DIRECTORY.to_string())
        .mount_read_only(&password, &SECRET.to_string())
        .mount(&run, &RUN.to_string())
        .mount(&data, "/data")
        .probes(Probes::new(
            probe().period(20).failures(3),
            probe().period(5).failures(2),
        ))
}

fn exporter(settings: &Cache, secret: &SecretRef) -> Container {
    let health = name!(PathPrefix, "/health");
    let size = Resources::new(
        (Cpu::millis(10), Bytes::mebi(32)),
        (Cpu::millis(100), Bytes::mebi(64)),
    )
    .ephemeral_storage(Bytes::mebi(16), Bytes::mebi(64));
    Container::new(&name!(ContainerName, "exporter"), &settings.exporter, &size)
        .ports([&METRICS])
        .env(
            &name!(EnvironmentVariable, "REDIS_ADDR"),
            format!("redis://127.0.0.1:{}", PORT.port),
        )
        .env_from_secret(
            &name!(EnvironmentVariable, "REDIS_PASSWORD"),
            &SecretKeyRef::new(secret, &PASSWORD),
        )
        .probes(Probes::helper(
            Probe::http(&METRICS, &health)
                .timeout(5)
                .period(30)
                .failures(5),
        ))
}
