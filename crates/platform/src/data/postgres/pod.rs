//! The pods of PostgreSQL.

use builders::{
    ClaimTemplate, ConfigMap, Container, Pod, PriorityClassRef, Probe, Probes, Resources, RunAs,
    SecretKeyRef, ServiceAccountRef, Volume,
};
use configs::postgres::{Layout, Scripts};
use k8s_openapi::api::core::v1::PodSpec;
use names::{Bytes, ContainerName, Cpu, DataKey, Duration, EnvironmentVariable, VolumeName, name};

use super::{PASSWORD, PORT, Plan, Secrets, USERNAME, rclone, sidecars};
use crate::annotations::FINGERPRINT;
use crate::cluster::POOL;
use crate::convert::resources;
use crate::observability::scraped;
use crate::provider;

/// The user `postgres` of the image's Debian variant; Alpine's has another id, and one volume cannot serve both.
pub(super) const USER: RunAs = RunAs::same(999);
/// The name of each member's volume; its claim is called after it and the pod.
pub(super) const CLAIM: VolumeName = VolumeName::from_static("postgres-storage");

/// What the pod template needs of the other objects.
pub(super) struct Parts<'a> {
    pub(super) account: &'a ServiceAccountRef,
    pub(super) secrets: &'a Secrets,
    pub(super) config: &'a ConfigMap,
    pub(super) topology: &'a ConfigMap,
    pub(super) claim: &'a ClaimTemplate,
    pub(super) priority: &'a PriorityClassRef,
}

/// The pod template.
pub(super) fn pod(plan: &Plan<'_>, parts: &Parts<'_>) -> Pod {
    let layout = Layout::default();
    let files = Volume::scripts(&name!(VolumeName, "config"), &parts.config.handle());
    let primary = Volume::config_map(&name!(VolumeName, "topology"), &parts.topology.handle());
    let passfile = Passfile::new(parts.secrets);
    let server = server(plan, parts.secrets)
        .mount(&parts.claim.volume(), &layout.volume.to_string())
        .mount_read_only(&files, &layout.configuration_directory.to_string())
        .mount_file(
            &files,
            Scripts::INITIALIZE.as_str(),
            "/docker-entrypoint-initdb.d/initialize.sh",
        )
        .mount_read_only(&primary, &parent(&layout.primary_file.to_string()));
    let server = rclone::with_rclone(plan, passfile.mounted(server));
    let mut pod = Pod::new(&plan.identity, parts.account, USER, server);
    if let Some(settings) = &plan.settings.archive {
        pod = pod.init(rclone::fetch_rclone(settings));
    }
    pod = pod
        .init(passfile.prepare(plan, parts.config))
        .container(sidecars::upkeep(plan, parts))
        .annotation(&FINGERPRINT, parts.config.fingerprint());
    if let Some(image) = &plan.settings.exporter {
        pod = scraped(
            pod.container(sidecars::exporter(image, parts.secrets)),
            sidecars::METRICS.port,
        );
    }
    let pod = placed(plan, pod)
        .require_separate_nodes()
        .priority(parts.priority)
        .termination_grace(Duration::minutes(5))
        .patch(keep_owners);
    if plan.settings.instances > 1 {
        let zones = provider::zones(plan.environment).len();
        let domains = zones.min(usize::from(plan.settings.instances));
        pod.spread_over_zones(true, None)
            .patch(|pod| every_zone_counts(pod, domains))
    } else {
        pod
    }
}

/// A zone whose nodes are all away still counts, or its members would pile up in the others: their volumes would hold them
/// there for ever.
fn every_zone_counts(pod: &mut PodSpec, domains: usize) {
    for constraint in pod.topology_spread_constraints.iter_mut().flatten() {
        constraint.min_domains = i32::try_from(domains).ok();
        constraint.node_taints_policy = Some("Honor".to_owned());
    }
}

/// The pod on the database's own nodes, where it has some.
pub(super) fn placed(plan: &Plan<'_>, pod: Pod) -> Pod {
    let Some(name) = &plan.settings.nodes else {
        return pod;
    };
    let taints = plan
        .environment
        .nodes
        .pools
        .get(&name.value)
        .map(|pool| pool.taints.as_slice())
        .unwrap_or_default();
    taints.iter().fold(
        pod.on_nodes(&POOL, &name.value.with_suffix("")),
        |pod, taint| pod.tolerate(&taint.key, &taint.value, taint.effect.as_str()),
    )
}

/// Changing the owner of every file of a large volume would make each start take minutes.
pub(super) fn keep_owners(pod: &mut PodSpec) {
    pod.security_context
        .get_or_insert_default()
        .fs_group_change_policy = Some("OnRootMismatch".to_owned());
}

/// The password file of the replication role, which has to be made: libpq ignores one that the group may read.
pub(super) struct Passfile {
    secret: Volume,
    file: Volume,
    layout: Layout,
}

impl Passfile {
    pub(super) fn new(secrets: &Secrets) -> Self {
        Self {
            secret: Volume::secret(
                &name!(VolumeName, "replication"),
                &secrets.replication,
                &[PASSWORD],
            ),
            file: Volume::memory(&name!(VolumeName, "passfile"), Bytes::mebi(1)),
            layout: Layout::default(),
        }
    }

    /// The container with both: the password for the server's first start, the file for what connects to others.
    pub(super) fn mounted(&self, container: Container) -> Container {
        container
            .mount_read_only(
                &self.secret,
                &parent(&self.layout.replication_password_file.to_string()),
            )
            .mount_read_only(&self.file, &parent(&self.layout.passfile.to_string()))
    }

    /// The init container that makes the file.
    pub(super) fn prepare(&self, plan: &Plan<'_>, config: &ConfigMap) -> Container {
        let files = Volume::scripts(&name!(VolumeName, "config"), &config.handle());
        Container::new(
            &name!(ContainerName, "passfile"),
            &plan.settings.image,
            &small(),
        )
        .command(["bash", &script(&self.layout, &Scripts::PASSFILE)])
        .mount_read_only(&files, &self.layout.configuration_directory.to_string())
        .mount_read_only(
            &self.secret,
            &parent(&self.layout.replication_password_file.to_string()),
        )
        .mount(&self.file, &parent(&self.layout.passfile.to_string()))
    }
}

/// What a container gets that does next to nothing.
pub(super) fn small() -> Resources {
    Resources::new(
        (Cpu::millis(10), Bytes::mebi(32)),
        (Cpu::millis(100), Bytes::mebi(64)),
    )
    .ephemeral_storage(Bytes::mebi(16), Bytes::mebi(64))
}

pub(super) fn script(layout: &Layout, key: &DataKey) -> String {
    format!("{}/{key}", layout.configuration_directory)
}

pub(super) fn parent(path: &str) -> String {
    path.rsplit_once('/')
        .map_or_else(String::new, |(parent, _)| parent.to_owned())
}

/// The folder of the server's socket, which the containers of the pod share.
pub(super) fn run() -> Volume {
    Volume::scratch(&name!(VolumeName, "run"), Bytes::mebi(16))
}

/// Parallel queries share memory here, and the default of 64 MiB makes large ones fail.
pub(super) fn shared_memory() -> Volume {
    Volume::memory(&name!(VolumeName, "shared-memory"), Bytes::mebi(256))
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
    .mount(&run(), &layout.socket_directory.to_string())
    .mount(&shared_memory(), "/dev/shm")
    .probes(probes(&layout, plan.settings.storage.size.value))
}

/// How often a server may fail to be ready while it starts, asked every ten seconds: a clone or a base backup comes before
/// its first success, at 20 MiB a second at least, and half an hour is left for the recovery after a crash.
fn patience(volume: Bytes) -> u16 {
    u16::try_from(volume.as_mebi() / 20 / 10)
        .unwrap_or(u16::MAX)
        .saturating_add(180)
}

fn probes(layout: &Layout, volume: Bytes) -> Probes {
    let run = |key: &DataKey| Probe::command(["bash", script(layout, key).as_str()]).timeout(5);
    Probes::new(
        run(&Scripts::LIVENESS).period(30).failures(6),
        run(&Scripts::READINESS).period(10).failures(3),
    )
    .startup(
        run(&Scripts::READINESS)
            .period(10)
            .failures(patience(volume)),
    )
}
