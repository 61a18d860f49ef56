//! Where the log and base backups go, and the Jobs that back up and restore.

use builders::{
    ConfigMap, Container, CronJob, Endpoint, Flow, Identity, Pod, PriorityClassRef, SecretKeyRef,
    StorageClassRef, Volume,
};
use configs::postgres::{ArchivePath, Archiving, Layout, Remote};
use environment::DatabaseArchive;
use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use manifest::Manifest;
use names::{
    Bytes, ContainerName, CronSchedule, DataKey, Duration, EnvironmentVariable, VolumeName,
    WorkloadName, name,
};

use super::pod::{self, parent, script};
use super::rclone::{fetch_rclone, with_rclone};
use super::{Plan, USERNAME};
use crate::annotations::FINGERPRINT;
use crate::convert::{identity, resources};
use crate::network;

/// The key of the time that a restore goes back to.
const TIME: DataKey = DataKey::from_static("time");

/// What the scripts are told of the archive.
pub(super) fn archiving(plan: &Plan<'_>) -> Option<Archiving> {
    let settings = plan.settings.archive.as_ref()?;
    Some(Archiving {
        archive: ArchivePath::in_bucket(Remote::Archive, &settings.bucket),
        follows: plan
            .settings
            .follows
            .as_ref()
            .map(|followed| ArchivePath::in_bucket(Remote::Source, &followed.value.bucket)),
        keep: settings.keep.value,
        maximum_age: settings.maximum_age,
    })
}

/// What Jobs and the objects beside them need of the others.
pub(super) struct Parts<'a> {
    /// What the servers' own pods need.
    pub(super) server: &'a pod::Parts<'a>,
    /// The kind of disk that goes away with its claim.
    pub(super) scratch: &'a StorageClassRef,
    pub(super) priority: &'a PriorityClassRef,
}

/// The Jobs, with whom they talk to.
pub(super) struct Jobs {
    pub(super) manifests: Vec<Manifest>,
    pub(super) flows: Vec<Flow>,
}

/// The base backup, the restore that an operator starts, and the test of a restore.
pub(super) fn jobs(
    plan: &Plan<'_>,
    settings: &DatabaseArchive,
    parts: &Parts<'_>,
    database: &Endpoint,
) -> Jobs {
    let storage = storage(plan);
    let backup = job_identity(plan, &super::operated::BACKUP);
    let restore = job_identity(plan, &super::operated::RESTORE);
    let test = job_identity(plan, &super::operated::RESTORE_TEST);
    let peer = |identity: &Identity| plan.peer(identity, parts.server.account);
    let time = ConfigMap::new(&restore, &super::operated::RESTORE_TIME).entry(&TIME, "latest");
    let flows = vec![
        Flow::new(&peer(&backup), database),
        // It asks whether anybody still answers.
        Flow::new(&peer(&restore), database),
        Flow::new(&peer(&backup), &storage),
        Flow::new(&peer(&restore), &storage),
        Flow::new(&peer(&test), &storage),
    ];
    // A database of the volume's size takes hours at worst.
    let patient = Duration::hours(6);
    let jobs = [
        CronJob::new(
            backup_pod(plan, settings, parts, &backup),
            &settings.schedule,
        )
        .deadline(patient),
        CronJob::new(test_pod(plan, settings, parts, &test), &settings.test)
            // It fails loudly: what it found does not go away by itself.
            .retries(0)
            .deadline(patient),
        CronJob::new(restore_pod(plan, settings, parts, &restore, &time), &NEVER)
            .on_demand()
            .retries(0)
            .deadline(patient),
    ];
    let mut manifests = Vec::new();
    // A call by name says the line that it stands in.
    for job in jobs {
        manifests.push(job.manifest());
    }
    manifests.push(time.manifest());
    Jobs { manifests, flows }
}

/// A suspended CronJob has a schedule nevertheless.
const NEVER: CronSchedule = CronSchedule::from_static("0 0 1 1 *");

/// The storage of the provider, from where also the tokens for it come.
pub(super) fn storage(plan: &Plan<'_>) -> Endpoint {
    network::web(plan.environment, network::OBJECT_STORAGE)
}

fn job_identity(plan: &Plan<'_>, name: &WorkloadName) -> Identity {
    plan.labelled(identity(
        plan.identity.application(),
        plan.identity.namespace(),
        name,
    ))
}

/// A container that runs one of the scripts, with what every one of them needs.
fn container(
    plan: &Plan<'_>,
    settings: &DatabaseArchive,
    parts: &Parts<'_>,
    key: &DataKey,
) -> Container {
    let layout = Layout::default();
    let files = Volume::scripts(&name!(VolumeName, "config"), &parts.server.config.handle());
    let size = resources(&settings.resources).ephemeral_storage(Bytes::mebi(512), Bytes::gibi(1));
    let container = Container::new(
        &name!(ContainerName, "postgres"),
        &plan.settings.image,
        &size,
    )
    .command(["bash", &script(&layout, key)])
    .env_from_secret(
        &name!(EnvironmentVariable, "POSTGRES_USER"),
        &SecretKeyRef::new(&parts.server.secrets.owner, &USERNAME),
    )
    .mount_read_only(&files, &layout.configuration_directory.to_string())
    .mount(
        &Volume::scratch(&name!(VolumeName, "tmp"), Bytes::mebi(512)),
        "/tmp",
    )
    .mount(
        &Volume::scratch(&name!(VolumeName, "run"), Bytes::mebi(16)),
        &layout.socket_directory.to_string(),
    );
    with_rclone(plan, container)
}

fn job_pod(
    settings: &DatabaseArchive,
    parts: &Parts<'_>,
    identity: &Identity,
    container: Container,
) -> Pod {
    Pod::new(identity, parts.server.account, pod::USER, container)
        .init(fetch_rclone(settings))
        .annotation(&FINGERPRINT, parts.server.config.fingerprint())
        .priority(parts.priority)
        .patch(pod::keep_owners)
        .termination_grace(Duration::minutes(1))
}

/// Streams a base backup of a standby into the archive.
fn backup_pod(
    plan: &Plan<'_>,
    settings: &DatabaseArchive,
    parts: &Parts<'_>,
    identity: &Identity,
) -> Pod {
    let passfile = pod::Passfile::new(parts.server.secrets);
    let container = passfile.mounted(container(plan, settings, parts, &Archiving::BACKUP));
    job_pod(settings, parts, identity, container).init(passfile.prepare(plan, parts.server.config))
}

/// Makes a server of the archive on a volume that goes away with the pod.
fn test_pod(
    plan: &Plan<'_>,
    settings: &DatabaseArchive,
    parts: &Parts<'_>,
    identity: &Identity,
) -> Pod {
    let scratch = name!(VolumeName, "restored");
    let container = container(plan, settings, parts, &Archiving::RESTORE_TEST)
        .mount(
            &Volume::claimed(&scratch),
            &Layout::default().scratch_directory.to_string(),
        )
        .mount(&pod::shared_memory(), "/dev/shm");
    let claim = core::Volume {
        name: scratch.to_string(),
        ephemeral: Some(core::EphemeralVolumeSource {
            volume_claim_template: Some(core::PersistentVolumeClaimTemplate {
                metadata: None,
                spec: core::PersistentVolumeClaimSpec {
                    access_modes: Some(vec!["ReadWriteOnce".to_owned()]),
                    storage_class_name: Some(parts.scratch.name().to_string()),
                    volume_mode: Some("Filesystem".to_owned()),
                    resources: Some(core::VolumeResourceRequirements {
                        requests: Some(
                            [(
                                "storage".to_owned(),
                                Quantity(plan.settings.storage.size.value.to_string()),
                            )]
                            .into(),
                        ),
                        ..Default::default()
                    }),
                    ..Default::default()
                },
            }),
        }),
        ..Default::default()
    };
    job_pod(settings, parts, identity, container)
        // A claim of the pod's own: the nodes' disks are too small, and nothing of it is to stay.
        .patch(|pod| pod.volumes.get_or_insert_default().push(claim))
}

/// Writes the first member's volume anew, beside the pod that holds it: a volume is on one node at a time.
fn restore_pod(
    plan: &Plan<'_>,
    settings: &DatabaseArchive,
    parts: &Parts<'_>,
    identity: &Identity,
    time: &ConfigMap,
) -> Pod {
    let layout = Layout::default();
    let topology = Volume::config_map(
        &name!(VolumeName, "topology"),
        &parts.server.topology.handle(),
    );
    let target = Volume::config_map(&name!(VolumeName, "restore"), &time.handle());
    let container = container(plan, settings, parts, &Archiving::RESTORE)
        .mount(&parts.server.claim.volume(), &layout.volume.to_string())
        .mount_read_only(&topology, &parent(&layout.primary_file.to_string()))
        .mount_read_only(&target, &parent(&layout.restore_time_file.to_string()))
        .mount(&pod::shared_memory(), "/dev/shm");
    let first = plan.members.first().name().to_owned();
    let claim = core::Volume {
        name: pod::CLAIM.to_string(),
        persistent_volume_claim: Some(core::PersistentVolumeClaimVolumeSource {
            claim_name: format!("{}-{first}", pod::CLAIM),
            read_only: None,
        }),
        ..Default::default()
    };
    let beside = core::PodAffinityTerm {
        topology_key: "kubernetes.io/hostname".to_owned(),
        label_selector: Some(LabelSelector {
            match_labels: Some([("statefulset.kubernetes.io/pod-name".to_owned(), first)].into()),
            ..Default::default()
        }),
        ..Default::default()
    };
    pod::placed(plan, job_pod(settings, parts, identity, container)).patch(|pod| {
        pod.volumes.get_or_insert_default().push(claim);
        pod.affinity
            .get_or_insert_default()
            .pod_affinity
            .get_or_insert_default()
            .required_during_scheduling_ignored_during_execution = Some(vec![beside]);
    })
}
