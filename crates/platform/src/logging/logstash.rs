//! Logstash: takes the logs of applications from Fluentd, keeps them on disk, and hands them on to Elasticsearch with the
//! structure that it read out of them.

use builders::{
    ClaimTemplate, ConfigMap, Container, DisruptionBudget, Endpoint, Flow, Identity, NamedPort,
    Peer, Pod, Probe, Probes, RunAs, SecretRef, Service, ServiceAccount, Volume, Workload,
};
use configs::FilePath;
use configs::logstash::{
    ApplicationLogs, Elasticsearch as Target, Login as Variables, Queue, Settings,
};
use environment::{Elasticsearch, Environment, Logstash};
use names::{
    ApplicationName, Bytes, ConfigMapName, ContainerName, DataKey, Duration, EnvironmentVariable,
    PathPrefix, PortName, SecretName, ServiceAccountName, ServiceName, VolumeName, WorkloadName,
    name, port,
};

use super::APPLICATION_INDEX;
use super::certificates::{
    AUTHORITY_CERTIFICATE, CERTIFICATE_DIRECTORY, CertificateKeys, TRUST, TakenUp,
    certificate_volume, trust_volume,
};
use super::destination::{Login, PASSWORD, Server, USERNAME};
use super::elasticsearch::Handles;
use crate::annotations::FINGERPRINT;
use crate::backup::left_out;
use crate::component::Component;
use crate::convert::{identity, resources};
use crate::data::StorageClasses;
use crate::secrets::SecretStore;
use crate::wave;

/// The Secret with the user that may hand logs over, of the same name beside Fluentd.
pub(super) const CALLERS: SecretName = SecretName::from_static("logstash-input");
/// The Secret with the user that writes to Elasticsearch.
pub(super) const LOGIN: SecretName = SecretName::from_static("logstash-elasticsearch");

const NAME: WorkloadName = WorkloadName::from_static("logstash");
const SERVICE: ServiceName = ServiceName::from_static("logstash");
const HEADLESS: ServiceName = ServiceName::from_static("logstash-headless");
const INPUT: NamedPort = NamedPort::tcp(PortName::from_static("https"), port!(8080));
const API: NamedPort = NamedPort::tcp(PortName::from_static("http-api"), port!(9600));

/// The user of the image.
const USER: RunAs = RunAs::same(1000);
const SETTINGS: DataKey = DataKey::from_static("logstash.yml");
const PIPELINES: DataKey = DataKey::from_static("pipelines.yml");
const PIPELINE: DataKey = DataKey::from_static("application-logs.conf");
/// Where the image looks for its settings.
const CONFIG: FilePath = FilePath::from_static("/usr/share/logstash/config");
const DATA: FilePath = FilePath::from_static("/usr/share/logstash/data");
const FILES: FilePath = FilePath::from_static("/pipeline");

/// How long what Elasticsearch refused can be looked at.
const REFUSED_AGE: Duration = Duration::days(7);

/// The Secrets of an instance.
struct Secrets {
    callers: SecretRef,
    login: SecretRef,
    certificate: SecretRef,
}

/// The StatefulSet with everything it needs, and the server that Fluentd ships to.
pub(super) fn logstash(
    environment: &Environment,
    settings: &Logstash,
    elasticsearch: &Elasticsearch,
    handles: &Handles,
    classes: &StorageClasses,
    store: &SecretStore,
) -> Component<Server> {
    let identity = identity(
        &name!(ApplicationName, "logstash"),
        &elasticsearch.namespace.value,
        &NAME,
    );
    let account = ServiceAccount::new(&identity, &name!(ServiceAccountName, "logstash"));
    let peer = Peer::plain(&identity, &account.handle());
    let (callers_manifest, callers) = store.secret(&identity, &CALLERS, &[USERNAME, PASSWORD]);
    // The ExternalSecret of the login is the setup's, which brings Elasticsearch in line with it.
    let login = SecretRef::external(
        identity.namespace(),
        &LOGIN,
        "made by the ExternalSecret beside the job that makes the user",
    );
    let (certificate_manifest, certificate) = handles.issuer.certificate(
        &identity,
        &name!(SecretName, "logstash-certificate"),
        &[&SERVICE],
        TakenUp::AtRestart,
    );
    let secrets = Secrets {
        callers,
        login,
        certificate,
    };
    let config = config(settings, handles, &identity);
    let headless = Service::new(&identity, &HEADLESS, INPUT.port, &INPUT).headless();
    let service = Service::new(&identity, &SERVICE, INPUT.port, &INPUT).app_protocol("https");
    let claim = claim(settings, classes, &identity);
    let container = container(settings, handles, &secrets, &config, &claim);
    let pod = pod(&identity, &account, container, &config);
    let workload = Workload::stateful_set(pod, &headless.handle(), [claim])
        .replicas(settings.replicas.value.into());
    let server = Server {
        host: SERVICE.host(identity.namespace()),
        port: INPUT.port,
        endpoint: Endpoint {
            peer: peer.clone(),
            port: INPUT,
        },
    };
    Component::new(
        identity.application(),
        identity.namespace(),
        wave::MONITORING,
        server,
    )
    .talks([Flow::new(&peer, &handles.server.endpoint)])
    .with([callers_manifest, certificate_manifest])
    .with([
        account.manifest(),
        config.manifest(),
        left_out(
            workload.manifest(),
            environment,
            "it keeps what is on its way to Elasticsearch, for minutes",
        ),
    ])
    .with([headless.manifest(), service.manifest()])
    .with(
        (settings.replicas.value > 1)
            .then(|| DisruptionBudget::max_unavailable(&identity, 1).manifest()),
    )
}

/// The volume of each instance.
fn claim(settings: &Logstash, classes: &StorageClasses, identity: &Identity) -> ClaimTemplate {
    let class = classes.get(&settings.storage.class.value);
    let size = settings.storage.size.value;
    ClaimTemplate::new(identity, &name!(VolumeName, "data"), &class, size)
}

fn config(settings: &Logstash, handles: &Handles, identity: &Identity) -> ConfigMap {
    let variables = |login: Login| Variables {
        user: login.user,
        password: login.password,
    };
    let pipeline = ApplicationLogs {
        port: INPUT.port,
        certificate: CERTIFICATE_DIRECTORY.file(&CertificateKeys::CERTIFICATE),
        key: CERTIFICATE_DIRECTORY.file(&CertificateKeys::KEY),
        callers: variables(Login::LOGSTASH),
        elasticsearch: Target {
            host: handles.server.host.clone(),
            port: handles.server.port,
            authority: TRUST.file(&AUTHORITY_CERTIFICATE),
            login: variables(Login::ELASTICSEARCH),
        },
        index: APPLICATION_INDEX,
    };
    let volume = settings.storage.size.value.get();
    let file = Settings {
        pipeline: "application-logs",
        pipeline_file: FILES.file(&PIPELINE),
        api: API.port,
        // A tenth of the volume stays free.
        queue: Queue {
            limit: Bytes::new(volume / 10 * 8),
            refused_limit: Bytes::new(volume / 10),
            refused_age: REFUSED_AGE,
        },
    };
    ConfigMap::new(identity, &name!(ConfigMapName, "logstash-config"))
        .entry(&SETTINGS, file.to_text())
        .entry(&PIPELINES, file.pipelines())
        .entry(&PIPELINE, pipeline.pipeline().to_text())
}

fn container(
    settings: &Logstash,
    handles: &Handles,
    secrets: &Secrets,
    config: &ConfigMap,
    claim: &ClaimTemplate,
) -> Container {
    let files = Volume::config_map(&name!(VolumeName, "config"), &config.handle());
    let certificate = certificate_volume(&secrets.certificate);
    let trust = trust_volume(&handles.authority);
    let heap = settings.resources.memory.upper().as_mebi() / 2;
    let size = resources(&settings.resources).ephemeral_storage(Bytes::mebi(128), Bytes::gibi(1));
    let alive = || Probe::http(&API, &name!(PathPrefix, "/")).timeout(5);
    let container = Container::new(
        &name!(ContainerName, "logstash"),
        &settings.image.value,
        &size,
    )
    .ports([&INPUT, &API])
    .env_from_field(&name!(EnvironmentVariable, "POD_NAME"), "metadata.name")
    .env(
        &name!(EnvironmentVariable, "LS_JAVA_OPTS"),
        format!("-Xms{heap}m -Xmx{heap}m"),
    )
    .mount_file(&files, SETTINGS.as_str(), CONFIG.file(&SETTINGS).as_str())
    .mount_file(&files, PIPELINES.as_str(), CONFIG.file(&PIPELINES).as_str())
    // A directory and not a file: only so do changes reach the pod.
    .mount_read_only(&files, FILES.as_str())
    .mount_read_only(&certificate, CERTIFICATE_DIRECTORY.as_str())
    .mount_read_only(&trust, TRUST.as_str())
    .mount(&claim.volume(), DATA.as_str())
    .mount(
        &Volume::scratch(&name!(VolumeName, "logs"), Bytes::mebi(128)),
        "/usr/share/logstash/logs",
    )
    .mount(
        &Volume::scratch(&name!(VolumeName, "tmp"), Bytes::mebi(512)),
        "/tmp",
    )
    // The API answers while pipelines are still starting; logs can be taken once the input listens.
    .probes(
        Probes::new(
            alive().period(20).failures(6),
            Probe::tcp(&INPUT).period(10).timeout(5).failures(3),
        )
        .startup(alive().period(10).failures(30)),
    );
    let container = Login::ELASTICSEARCH.of(container, &secrets.login);
    Login::LOGSTASH.of(container, &secrets.callers)
}

fn pod(
    identity: &Identity,
    account: &ServiceAccount,
    container: Container,
    config: &ConfigMap,
) -> Pod {
    Pod::new(identity, &account.handle(), USER, container)
        .annotation(&FINGERPRINT, config.fingerprint())
        .prefer_separate_nodes()
        .spread_over_zones(false, None)
        // What is in memory goes to Elasticsearch or back into the queue.
        .termination_grace(Duration::minutes(2))
}
