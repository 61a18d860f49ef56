//! What runs beside each server: upkeep of roles with the heartbeat, and the exporter.

use builders::{Container, NamedPort, Probe, Probes, Resources, SecretKeyRef, SecretRef, Volume};
use configs::FilePath;
use configs::postgres::{Layout, Scripts};
use names::{
    Bytes, ContainerName, Cpu, EnvironmentVariable, ImageReference, PathPrefix, PortName,
    VolumeName, name, port,
};

use super::pod::{Parts, run, script, small};
use super::{MONITORING_ROLE, PASSWORD, PORT, Plan, Secrets, USERNAME};

/// Where `postgres_exporter` serves (its default).
pub(super) const METRICS: NamedPort =
    NamedPort::tcp(PortName::from_static("http-metrics"), port!(9187));

/// Where the passwords of what stands beside the database are mounted.
pub(super) const MONITORING_SECRET: FilePath = FilePath::from_static("/etc/postgresql-monitoring");
/// As before, PgBouncer's.
pub(super) const POOLER_SECRET: FilePath = FilePath::from_static("/etc/postgresql-pooler");

/// The container that keeps roles as the secrets say and writes the heartbeat, where its server is the primary.
pub(super) fn upkeep(plan: &Plan<'_>, parts: &Parts<'_>) -> Container {
    let layout = Layout::default();
    let files = Volume::scripts(&name!(VolumeName, "config"), &parts.config.handle());
    let mut container = Container::new(
        &name!(ContainerName, "upkeep"),
        &plan.settings.image,
        &small(),
    )
    .command(["bash", &script(&layout, &Scripts::UPKEEP)])
    .env_from_secret(
        &name!(EnvironmentVariable, "POSTGRES_USER"),
        &SecretKeyRef::new(&parts.secrets.owner, &USERNAME),
    )
    // It looks for the mark of a first start.
    .mount_read_only(&parts.claim.volume(), &layout.volume.to_string())
    .mount_read_only(&files, &layout.configuration_directory.to_string())
    .mount(&run(), &layout.socket_directory.to_string())
    .mount(
        &Volume::scratch(&name!(VolumeName, "upkeep"), Bytes::mebi(16)),
        "/tmp",
    );
    for (secret, name, path) in [
        (
            &parts.secrets.monitoring,
            name!(VolumeName, "monitoring"),
            MONITORING_SECRET,
        ),
        (
            &parts.secrets.pooler,
            name!(VolumeName, "pooler"),
            POOLER_SECRET,
        ),
    ] {
        if let Some(secret) = secret {
            container = container.mount_read_only(
                &Volume::secret(&name, secret, &[PASSWORD]),
                &path.to_string(),
            );
        }
    }
    container
}

/// The exporter, which reads statistics of its own pod's server alone.
pub(super) fn exporter(image: &ImageReference, secrets: &Secrets) -> Container {
    let web = name!(PathPrefix, "/");
    let size = Resources::new(
        (Cpu::millis(10), Bytes::mebi(32)),
        (Cpu::millis(200), Bytes::mebi(128)),
    )
    .ephemeral_storage(Bytes::mebi(16), Bytes::mebi(64));
    let container = Container::new(&name!(ContainerName, "exporter"), image, &size)
        // A standby says from whom it gets its log.
        .args(["--collector.stat_wal_receiver"])
        .ports([&METRICS])
        .env(
            &name!(EnvironmentVariable, "DATA_SOURCE_URI"),
            format!("127.0.0.1:{}/postgres?sslmode=disable", PORT.port),
        )
        .env(
            &name!(EnvironmentVariable, "DATA_SOURCE_USER"),
            MONITORING_ROLE.to_string(),
        )
        .env(
            &name!(EnvironmentVariable, "DATA_SOURCE_PASS_FILE"),
            MONITORING_SECRET.file(&PASSWORD).to_string(),
        )
        .probes(Probes::helper(
            Probe::http(&METRICS, &web)
                .timeout(5)
                .period(30)
                .failures(5),
        ));
    match &secrets.monitoring {
        Some(secret) => {
            container.mount_read_only(&monitoring(secret), &MONITORING_SECRET.to_string())
        }
        None => container,
    }
}

fn monitoring(secret: &SecretRef) -> Volume {
    Volume::secret(&name!(VolumeName, "monitoring"), secret, &[PASSWORD])
}
