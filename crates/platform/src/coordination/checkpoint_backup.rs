//! The backup of what vertical scaling has learnt: a `CronJob` that copies it to other regions, and brings it back in a
//! Job that is made from it by hand.

use builders::{
    ClusterGrant, ConfigMap, Container, CronJob, Flow, Grant, Identity, Peer, Permission, Pod,
    RunAs, ServiceAccount, Volume,
};
use configs::FilePath;
use configs::checkpoints::{LATEST, Recommender, Scripts};
use environment::{CheckpointBackup, CloudUser, Environment, Provider};
use manifest::IgnoreDifference;
use names::{
    ApplicationName, Bytes, ConfigMapName, ContainerName, DataKey, Duration, EnvironmentVariable,
    ImageReference, RoleName, ServiceAccountName, VolumeName, WorkloadName, name,
};

use crate::addons::RECOMMENDER;
use crate::component::Component;
use crate::convert::{identity, resources};
use crate::network::{self, api_server, web};
use crate::{provider, wave};

const NAME: WorkloadName = WorkloadName::from_static("vpa-checkpoint-backup");
/// What a Job that restores reads.
pub(crate) const RESTORE: ConfigMapName = ConfigMapName::from_static("vpa-checkpoint-restore");
const POINT_IN_TIME: DataKey = DataKey::from_static("pointInTime");
const JOB_NAME: EnvironmentVariable = EnvironmentVariable::from_static("JOB_NAME");
/// The label that the controller puts onto each pod of a Job.
const JOB_NAME_FIELD: &str = "metadata.labels['batch.kubernetes.io/job-name']";
const SCRIPTS: FilePath = FilePath::from_static("/scripts");
const WORK: FilePath = FilePath::from_static("/work");
/// No image has this user, and none needs one of its own.
const USER: RunAs = RunAs::same(65_534);
/// The `CronJob` with everything it needs.
pub(super) fn checkpoint_backup(
    environment: &Environment,
    settings: &CheckpointBackup,
) -> Component<()> {
    let identity = identity(
        &name!(ApplicationName, "vpa-checkpoint-backup"),
        &settings.namespace.value,
        &NAME,
    );
    let cloud = provider::identity(environment, CloudUser::CheckpointBackup);
    let identity = cloud
        .pod_labels
        .iter()
        .fold(identity, |identity, (key, value)| {
            identity.label(key, &names::LabelValue::from_static(value))
        });
    let account = cloud.annotations.iter().fold(
        ServiceAccount::new(
            &identity,
            &name!(ServiceAccountName, "vpa-checkpoint-backup"),
        ),
        |account, (key, value)| account.annotation(key, value),
    );
    let peer = Peer::plain(&identity, &account.handle());
    let scripts = config(environment, settings, &identity);
    let restore = ConfigMap::new(&identity, &RESTORE).entry(&POINT_IN_TIME, LATEST);
    let job = CronJob::new(
        pod(settings, &identity, &account, &scripts, &restore),
        &settings.schedule,
    )
    .deadline(Duration::minutes(30));
    let storage = web(environment, network::OBJECT_STORAGE);
    Component::new(
        identity.application(),
        identity.namespace(),
        wave::INFRASTRUCTURE,
        (),
    )
    .talks([
        Flow::new(&peer, &api_server(environment)),
        Flow::new(&peer, &storage),
    ])
    .with(everywhere(&account).manifests())
    .with(recommender(&account).manifests())
    .with([
        account.manifest(),
        scripts.manifest(),
        restore.manifest(),
        job.manifest(),
    ])
    .application(|application| application.ignore_differences([chosen_point_in_time()]))
}

/// An operator writes here what is to be restored; Git must not take that back.
fn chosen_point_in_time() -> IgnoreDifference {
    IgnoreDifference {
        name: Some(RESTORE.to_string()),
        ..IgnoreDifference::of_kind("", "ConfigMap")
    }
    .json_pointer(format!("/data/{POINT_IN_TIME}"))
}

/// The folder of this cluster in a container, as rclone writes it.
fn remotes(environment: &Environment, settings: &CheckpointBackup) -> Vec<String> {
    let cluster = &environment.cluster.name;
    settings
        .regions
        .values()
        .map(|region| match &environment.cluster.provider {
            Provider::Aks(_) => format!(
                ":azureblob,account={},env_auth=true:{}/{cluster}",
                region.account, region.container
            ),
            Provider::Eks(_) => format!(
                ":s3,provider=AWS,env_auth=true:{}/{cluster}",
                region.container
            ),
            Provider::Gke(_) => format!(":gcs,env_auth=true:{}/{cluster}", region.container),
        })
        .collect()
}

fn config(
    environment: &Environment,
    settings: &CheckpointBackup,
    identity: &Identity,
) -> ConfigMap {
    let (namespace, name) = RECOMMENDER;
    let scripts = Scripts {
        remotes: remotes(environment, settings),
        keep: settings.keep,
        work_directory: WORK,
        point_in_time_file: FilePath::from_static("/restore").file(&POINT_IN_TIME),
        recommender: Recommender { namespace, name },
    };
    scripts.files().into_iter().fold(
        ConfigMap::new(
            identity,
            &name!(ConfigMapName, "vpa-checkpoint-backup-scripts"),
        ),
        |config, (key, text)| config.entry(&key, text),
    )
}

fn pod(
    settings: &CheckpointBackup,
    identity: &Identity,
    account: &ServiceAccount,
    scripts: &ConfigMap,
    restore: &ConfigMap,
) -> Pod {
    let scripts = Volume::scripts(&name!(VolumeName, "scripts"), &scripts.handle());
    let restore = Volume::config_map(&name!(VolumeName, "restore"), &restore.handle());
    let work = Volume::scratch(&name!(VolumeName, "work"), settings.scratch);
    let size = resources(&settings.resources).ephemeral_storage(Bytes::mebi(16), settings.scratch);
    let step = |name: &ContainerName, image: &ImageReference, shell: &str, script: &DataKey| {
        let home = Volume::scratch(&name!(VolumeName, "tmp"), Bytes::mebi(64));
        Container::new(name, image, &size)
            .command([shell.to_owned(), SCRIPTS.file(script).to_string()])
            .env_from_field(&JOB_NAME, JOB_NAME_FIELD)
            // Both programs keep a cache below the home directory.
            .env(&name!(EnvironmentVariable, "HOME"), "/tmp")
            .mount_read_only(&scripts, &SCRIPTS.to_string())
            .mount(&work, &WORK.to_string())
            .mount(&home, "/tmp")
    };
    let download = step(
        &name!(ContainerName, "download"),
        &settings.rclone,
        "sh",
        &Scripts::DOWNLOAD,
    )
    .mount_read_only(&restore, "/restore");
    let cluster = step(
        &name!(ContainerName, "cluster"),
        &settings.kubectl,
        "bash",
        &Scripts::CLUSTER,
    );
    let upload = step(
        &name!(ContainerName, "upload"),
        &settings.rclone,
        "sh",
        &Scripts::UPLOAD,
    );
    Pod::new(identity, &account.handle(), USER, upload)
        .init(download)
        .init(cluster)
        .with_api_access()
}

/// Reads what is backed up, and writes it again; nothing is ever deleted.
fn everywhere(account: &ServiceAccount) -> ClusterGrant {
    const GROUP: &str = "autoscaling.k8s.io";
    ClusterGrant::new(
        &name!(RoleName, "platform:vpa-checkpoint-backup"),
        &account.handle(),
        [
            Permission::new(GROUP, ["verticalpodautoscalers"], ["get", "list", "create"]),
            Permission::new(
                GROUP,
                ["verticalpodautoscalercheckpoints"],
                ["get", "list", "create", "update"],
            ),
            Permission::new("", ["namespaces"], ["get", "list"]),
        ],
    )
}

/// Stops and starts the recommender.
fn recommender(account: &ServiceAccount) -> Grant {
    let (namespace, name) = RECOMMENDER;
    Grant::new(
        &namespace,
        &name!(RoleName, "vpa-checkpoint-restore"),
        &account.handle(),
        [
            Permission::new("apps", ["deployments"], ["get"]).only([name.as_str()]),
            Permission::new("apps", ["deployments/scale"], ["get", "update", "patch"])
                .only([name.as_str()]),
        ],
    )
}
