//! The pods of PostgreSQL.

use builders::{
    ClaimTemplate, ConfigMap, ConfigMapRef, Container, Pod, Probe, Probes, Resources, RunAs,
    SecretKeyRef, ServiceAccountRef, Volume,
};
use configs::postgres::{Layout, Scripts};
use names::{
    Bytes, ContainerName, Cpu, DataKey, Duration, EnvironmentVariable, VolumeName, annotation_key,
    name,
};

use super::{PASSWORD, PORT, Plan, Secrets, USERNAME};
use crate::convert::resources;

/// The user `postgres` of the image's Debian variant; Alpine's has another id, and one volume cannot serve both.
const USER: RunAs = RunAs::same(999);

/// The pod template.
pub(super) fn pod(
    plan: &Plan<'_>,
    account: &ServiceAccountRef,
    secrets: &Secrets,
    config: &ConfigMap,
    topology: &ConfigMapRef,
    claim: &ClaimTemplate,
) -> Pod {
    let layout = Layout::default();
    let files = Volume::scripts(&name!(VolumeName, "config"), &config.handle());
    let primary = Volume::config_map(&name!(VolumeName, "topology"), topology);
    let replication = Volume::secret(
        &name!(VolumeName, "replication"),
        &secrets.replication,
        &[PASSWORD],
    );
    let passfile = Volume::memory(&name!(VolumeName, "passfile"), Bytes::mebi(1));
    let passfile_path = parent(&layout.passfile.to_string());
    let server = server(plan, secrets)
        .mount(&claim.volume(), &layout.volume.to_string())
        .mount_read_only(&files, &layout.configuration_directory.to_string())
        .mount_file(
            &files,
            Scripts::INITIALIZE.as_str(),
            "/docker-entrypoint-initdb.d/initialize.sh",
        )
        .mount_read_only(&primary, &parent(&layout.primary_file.to_string()))
        .mount_read_only(
            &replication,
            &parent(&layout.replication_password_file.to_string()),
        )
        .mount_read_only(&passfile, &passfile_path);
    let small = Resources::new(
        (Cpu::millis(10), Bytes::mebi(16)),
        (Cpu::millis(100), Bytes::mebi(64)),
    )
    .ephemeral_storage(Bytes::mebi(16), Bytes::mebi(64));
    let prepare = Container::new(
        &name!(ContainerName, "passfile"),
        &plan.settings.image,
        &small,
    )
    .command(["bash", &script(&layout, &Scripts::PASSFILE)])
    .mount_read_only(&files, &layout.configuration_directory.to_string())
    .mount_read_only(
        &replication,
        &parent(&layout.replication_password_file.to_string()),
    )
    .mount(&passfile, &passfile_path);
    Pod::new(&plan.identity, account, USER, server)
        .init(prepare)
        .annotation(&annotation_key!("platform/config"), config.fingerprint())
        .require_separate_nodes()
        .spread_over_zones(false, None)
        .termination_grace(Duration::minutes(2))
        // Changing the owner of every file of a large volume would make each start take minutes.
        .patch(|pod| {
            pod.security_context
                .get_or_insert_default()
                .fs_group_change_policy = Some("OnRootMismatch".to_owned());
        })
}

fn script(layout: &Layout, key: &DataKey) -> String {
    format!("{}/{key}", layout.configuration_directory)
}

fn parent(path: &str) -> String {
    path.rsplit_once('/')
        .map_or_else(String::new, |(parent, _)| parent.to_owned())
}

fn server(plan: &Plan<'_>, secrets: &Secrets) -> Container {
    let layout = Layout::default();
    let variable = |key: &DataKey| SecretKeyRef::new(&secrets.owner, key);
    let size =
        resources(&plan.settings.resources).ephemeral_storage(Bytes::mebi(256), Bytes::gibi(1));
    Container::new(
        &name!(ContainerName, "postgres"),
        &plan.settings.image,
        &size,
    )
    .command(["bash", &script(&layout, &Scripts::START)])
    .ports([&PORT])
    .env_from_field(&name!(EnvironmentVariable, "POD_NAME"), "metadata.name")
    .env(
        &name!(EnvironmentVariable, "PGDATA"),
        layout.data_directory.to_string(),
    )
    .env(
        &name!(EnvironmentVariable, "POSTGRES_DB"),
        plan.settings.database.to_string(),
    )
    .env(
        &name!(EnvironmentVariable, "POSTGRES_INITDB_ARGS"),
        "--locale=C.UTF-8 --data-checksums",
    )
    .env_from_secret(
        &name!(EnvironmentVariable, "POSTGRES_USER"),
        &variable(&USERNAME),
    )
    .env_from_secret(
        &name!(EnvironmentVariable, "POSTGRES_PASSWORD"),
        &variable(&PASSWORD),
    )
    .mount(
        &Volume::scratch(&name!(VolumeName, "tmp"), Bytes::mebi(512)),
        "/tmp",
    )
    .mount(
        &Volume::scratch(&name!(VolumeName, "run"), Bytes::mebi(16)),
        &layout.socket_directory.to_string(),
    )
    // Parallel queries share memory here, and the default of 64 MiB makes large ones fail.
    .mount(
        &Volume::memory(&name!(VolumeName, "shared-memory"), Bytes::mebi(256)),
        "/dev/shm",
    )
    .probes(probes(&layout))
}

/// A clone and the recovery after a crash happen before the first success, so that starting may take half an hour.
fn probes(layout: &Layout) -> Probes {
    let run = |key: &DataKey| Probe::command(["bash", script(layout, key).as_str()]).timeout(5);
    Probes::new(
        run(&Scripts::LIVENESS).period(30).failures(6),
        run(&Scripts::READINESS).period(10).failures(3),
    )
    .startup(run(&Scripts::READINESS).period(10).failures(180))
}
