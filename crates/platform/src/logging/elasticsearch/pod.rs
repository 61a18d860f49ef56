//! The pods of Elasticsearch's nodes.

use builders::{
    ClaimTemplate, ConfigMap, Container, Identity, Pod, Probe, Probes, Resources, RunAs,
    SecretKeyRef, ServiceAccountRef, Volume,
};
use configs::FilePath;
use configs::elasticsearch::{Nodes, Settings};
use environment::Elasticsearch;
use k8s_openapi::api::core::v1::{ExecAction, Lifecycle, LifecycleHandler};
use names::{Bytes, ContainerName, Cpu, DataKey, EnvironmentVariable, VolumeName, name};

use super::{
    CONFIG, DATA, GRACE, HTTP_CERTIFICATE, HTTPS, READINESS, SETTINGS, Secrets, TRANSPORT,
    TRANSPORT_CERTIFICATE,
};
use crate::annotations::FINGERPRINT;
use crate::convert::resources;
use crate::logging::certificates::CertificateKeys;
use crate::logging::destination::PASSWORD;

/// The user of the image; its files belong to the group of root.
pub(super) const USER: RunAs = RunAs {
    user: 1000,
    group: 0,
    volume_group: Some(1000),
};
const SCRIPTS: FilePath = FilePath::from_static("/scripts");
const PREPARED: FilePath = FilePath::from_static("/prepared");

/// The pod template.
pub(super) fn pod(
    settings: &Elasticsearch,
    identity: &Identity,
    account: &ServiceAccountRef,
    secrets: &Secrets,
    config: &ConfigMap,
    claim: &ClaimTemplate,
) -> Pod {
    // The entry point writes a keystore with the superuser's first password beside the image's configuration.
    let directory = Volume::scratch(&name!(VolumeName, "configuration"), Bytes::mebi(16));
    let small = Resources::new(
        (Cpu::millis(10), Bytes::mebi(16)),
        (Cpu::millis(200), Bytes::mebi(64)),
    )
    .ephemeral_storage(Bytes::mebi(16), Bytes::mebi(64));
    let prepare = Container::new(
        &name!(ContainerName, "configuration"),
        &settings.image.value,
        &small,
    )
    .command([
        "cp",
        "--recursive",
        &format!("{CONFIG}/."),
        PREPARED.as_str(),
    ])
    .mount(&directory, PREPARED.as_str());
    let node = node(settings, secrets, config, &directory).mount(&claim.volume(), DATA.as_str());
    Pod::new(identity, account, USER, node)
        .init(prepare)
        .annotation(&FINGERPRINT, config.fingerprint())
        .require_separate_nodes()
        // A shard and its copy are on two nodes; one node a zone puts them into two zones.
        .spread_over_zones(true, None)
        .termination_grace(GRACE)
        // Changing the owner of every file of a large volume would make each start take minutes.
        .patch(|pod| {
            pod.security_context
                .get_or_insert_default()
                .fs_group_change_policy = Some("OnRootMismatch".to_owned());
        })
}

fn node(
    settings: &Elasticsearch,
    secrets: &Secrets,
    config: &ConfigMap,
    directory: &Volume,
) -> Container {
    let files = Volume::config_map(&name!(VolumeName, "settings"), &config.handle());
    let scripts = Volume::scripts(&name!(VolumeName, "scripts"), &config.handle());
    let certificate = |name, secret| Volume::secret(&name, secret, &CertificateKeys::ALL);
    let size = resources(&settings.resources).ephemeral_storage(Bytes::mebi(256), Bytes::gibi(1));
    Container::new(
        &name!(ContainerName, "elasticsearch"),
        &settings.image.value,
        &size,
    )
    .command(["/bin/tini", "--", "bash", &script(&Nodes::START)])
    .ports([&HTTPS, &TRANSPORT, &READINESS])
    .env_from_field(&Settings::POD_NAME, "metadata.name")
    .env_from_field(&Settings::POD_IP, "status.podIP")
    .env_from_secret(
        &name!(EnvironmentVariable, "ELASTIC_PASSWORD"),
        &SecretKeyRef::new(&secrets.superuser, &PASSWORD),
    )
    // Warnings of the virtual machine go where all messages go, and not into gigabytes of files of its own.
    .env(
        &name!(EnvironmentVariable, "ES_JAVA_OPTS"),
        "-Xlog:disable -Xlog:all=warning:stderr:utctime,level,tags",
    )
    .mount(directory, CONFIG.as_str())
    .mount_file(&files, SETTINGS.as_str(), CONFIG.file(&SETTINGS).as_str())
    .mount_read_only(&scripts, SCRIPTS.as_str())
    .mount_read_only(
        &certificate(name!(VolumeName, "http-certificate"), &secrets.http),
        HTTP_CERTIFICATE.as_str(),
    )
    .mount_read_only(
        &certificate(
            name!(VolumeName, "transport-certificate"),
            &secrets.transport,
        ),
        TRANSPORT_CERTIFICATE.as_str(),
    )
    .mount(
        &Volume::scratch(&name!(VolumeName, "logs"), Bytes::mebi(256)),
        "/usr/share/elasticsearch/logs",
    )
    .mount(
        &Volume::scratch(&name!(VolumeName, "tmp"), Bytes::mebi(512)),
        "/tmp",
    )
    .probes(probes())
    .patch(|container| {
        container.lifecycle = Some(waiting_for_copies());
    })
}

/// The HTTP port opens when the node has started, the readiness port when it has found a master as well.
fn probes() -> Probes {
    Probes::new(
        Probe::tcp(&HTTPS).period(20).timeout(5).failures(9),
        Probe::tcp(&READINESS).period(5).timeout(5).failures(3),
    )
    .startup(Probe::tcp(&HTTPS).period(10).timeout(5).failures(60))
}

/// Before a node stops, the others must have every copy.
fn waiting_for_copies() -> Lifecycle {
    Lifecycle {
        pre_stop: Some(LifecycleHandler {
            exec: Some(ExecAction {
                command: Some(vec!["bash".to_owned(), script(&Nodes::STOP)]),
            }),
            ..Default::default()
        }),
        ..Default::default()
    }
}

/// The path of a script in the pod.
fn script(key: &DataKey) -> String {
    SCRIPTS.file(key).to_string()
}
