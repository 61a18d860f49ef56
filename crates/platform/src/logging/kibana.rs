//! Kibana: the page on which people search the logs, reachable inside the cluster only.

use builders::{
    ConfigMap, Container, DisruptionBudget, Flow, Identity, NamedPort, Peer, Pod, Probe, Probes,
    RunAs, SecretKeyRef, SecretRef, Service, ServiceAccount, Volume, Workload,
};
use configs::FilePath;
use configs::kibana::Settings;
use environment::{Elasticsearch, Kibana};
use manifest::Exception;
use names::{
    ApplicationName, Bytes, ConfigMapName, ContainerName, DataKey, PathPrefix, PortName,
    SecretName, ServiceAccountName, ServiceName, VolumeName, WorkloadName, name, port,
};

use super::certificates::{
    AUTHORITY_CERTIFICATE, CERTIFICATE_DIRECTORY, CertificateKeys, TRUST, TakenUp,
    certificate_volume, trust_volume,
};
use super::destination::PASSWORD;
use super::elasticsearch::Handles;
use crate::annotations::FINGERPRINT;
use crate::component::Component;
use crate::convert::{identity, resources};
use crate::secrets::SecretStore;
use crate::wave;

/// The Secret with the password of the user `kibana_system`.
pub(super) const LOGIN: SecretName = SecretName::from_static("kibana-elasticsearch");

const NAME: WorkloadName = WorkloadName::from_static("kibana");
const SERVICE: ServiceName = ServiceName::from_static("kibana");
const HTTPS: NamedPort = NamedPort::tcp(PortName::from_static("https"), port!(5601));

/// The user of the image.
const USER: RunAs = RunAs::same(1000);
const SETTINGS: DataKey = DataKey::from_static("kibana.yml");
const CONFIG: FilePath = FilePath::from_static("/usr/share/kibana/config");

/// The keys that sessions, secrets in saved objects and reports are encrypted with: 32 characters or more, the same for
/// all replicas and for ever, or what was encrypted is lost.
const SESSIONS: DataKey = DataKey::from_static("sessions");
const OBJECTS: DataKey = DataKey::from_static("objects");
const REPORTS: DataKey = DataKey::from_static("reports");

/// The Secrets of an instance.
struct Secrets {
    login: SecretRef,
    encryption: SecretRef,
    certificate: SecretRef,
}

/// The Deployment with everything it needs.
pub(super) fn kibana(
    settings: &Kibana,
    elasticsearch: &Elasticsearch,
    handles: &Handles,
    store: &SecretStore,
) -> Component<()> {
    let identity = identity(
        &name!(ApplicationName, "kibana"),
        &elasticsearch.namespace.value,
        &NAME,
    );
    let account = ServiceAccount::new(&identity, &name!(ServiceAccountName, "kibana"));
    let peer = Peer::plain(&identity, &account.handle());
    // The ExternalSecret of the login is the setup's, which brings Elasticsearch in line with it.
    let login = SecretRef::external(
        identity.namespace(),
        &LOGIN,
        "made by the ExternalSecret beside the job that sets the password",
    );
    let (encryption_manifest, encryption) = store.secret(
        &identity,
        &name!(SecretName, "kibana-encryption"),
        &[SESSIONS, OBJECTS, REPORTS],
    );
    let (certificate_manifest, certificate) = handles.issuer.certificate(
        &identity,
        &name!(SecretName, "kibana-certificate"),
        &[&SERVICE],
        TakenUp::AtRestart,
    );
    let secrets = Secrets {
        login,
        encryption,
        certificate,
    };
    let config = config(settings, handles, &identity);
    let service = Service::new(&identity, &SERVICE, HTTPS.port, &HTTPS).app_protocol("https");
    let container = container(settings, handles, &secrets, &config);
    let pod = Pod::new(&identity, &account.handle(), USER, container)
        .annotation(&FINGERPRINT, config.fingerprint())
        .prefer_separate_nodes()
        .spread_over_zones(false, Some("pod-template-hash"));
    let workload = Workload::deployment(pod)
        .replicas(settings.replicas.value.into())
        .manifest();
    let workload = if settings.replicas.value < 2 {
        workload.excuse(Exception {
            code: "WORK015",
            reason: "the environment asks for one: nobody but operators uses it",
        })
    } else {
        workload
    };
    Component::new(
        identity.application(),
        identity.namespace(),
        wave::MONITORING,
        (),
    )
    .talks([Flow::new(&peer, &handles.server.endpoint)])
    .with([encryption_manifest, certificate_manifest])
    .with([account.manifest(), config.manifest()])
    .with([workload, service.manifest()])
    .with(
        (settings.replicas.value > 1)
            .then(|| DisruptionBudget::max_unavailable(&identity, 1).manifest()),
    )
}

fn config(settings: &Kibana, handles: &Handles, identity: &Identity) -> ConfigMap {
    let file = Settings {
        public_host: settings.host.clone(),
        port: HTTPS.port,
        certificate: CERTIFICATE_DIRECTORY.file(&CertificateKeys::CERTIFICATE),
        key: CERTIFICATE_DIRECTORY.file(&CertificateKeys::KEY),
        elasticsearch_host: handles.server.host.clone(),
        elasticsearch_port: handles.server.port,
        authority: TRUST.file(&AUTHORITY_CERTIFICATE),
    };
    ConfigMap::new(identity, &name!(ConfigMapName, "kibana-config"))
        .entry(&SETTINGS, file.to_text())
}

fn container(
    settings: &Kibana,
    handles: &Handles,
    secrets: &Secrets,
    config: &ConfigMap,
) -> Container {
    let files = Volume::config_map(&name!(VolumeName, "config"), &config.handle());
    let certificate = certificate_volume(&secrets.certificate);
    let trust = trust_volume(&handles.authority);
    let encryption = |key| SecretKeyRef::new(&secrets.encryption, key);
    let size = resources(&settings.resources).ephemeral_storage(Bytes::mebi(128), Bytes::gibi(1));
    Container::new(
        &name!(ContainerName, "kibana"),
        &settings.image.value,
        &size,
    )
    .ports([&HTTPS])
    .env_from_field(&Settings::POD_NAME, "metadata.name")
    .env_from_secret(
        &Settings::PASSWORD,
        &SecretKeyRef::new(&secrets.login, &PASSWORD),
    )
    .env_from_secret(&Settings::SESSIONS_KEY, &encryption(&SESSIONS))
    .env_from_secret(&Settings::OBJECTS_KEY, &encryption(&OBJECTS))
    .env_from_secret(&Settings::REPORTS_KEY, &encryption(&REPORTS))
    .mount_file(&files, SETTINGS.as_str(), CONFIG.file(&SETTINGS).as_str())
    .mount_read_only(&certificate, CERTIFICATE_DIRECTORY.as_str())
    .mount_read_only(&trust, TRUST.as_str())
    .mount(
        &Volume::scratch(&name!(VolumeName, "data"), Bytes::mebi(512)),
        "/usr/share/kibana/data",
    )
    .mount(
        &Volume::scratch(&name!(VolumeName, "logs"), Bytes::mebi(64)),
        "/usr/share/kibana/logs",
    )
    .mount(
        &Volume::scratch(&name!(VolumeName, "tmp"), Bytes::mebi(256)),
        "/tmp",
    )
    .probes(probes())
    .patch(|container| {
        let probe = container.readiness_probe.as_mut();
        if let Some(get) = probe.and_then(|probe| probe.http_get.as_mut()) {
            get.scheme = Some("HTTPS".to_owned());
        }
    })
}

/// Without Elasticsearch the status is an error: then it gets no requests, but a restart would not help.
fn probes() -> Probes {
    let status = Probe::http(&HTTPS, &name!(PathPrefix, "/api/status")).timeout(10);
    Probes::new(
        Probe::tcp(&HTTPS).period(20).timeout(5).failures(6),
        status.period(10).failures(3),
    )
    .startup(Probe::tcp(&HTTPS).period(10).timeout(5).failures(60))
}
