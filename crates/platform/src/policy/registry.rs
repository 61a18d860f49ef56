//! The registry's own settings: how long images stay and whether each is scanned as it arrives, set again on a schedule.
//!
//! A registry is no object of the cluster; a `CronJob` sets what the provider's command line sets, which changes nothing
//! where it is set already, and takes back what somebody changed by hand.

use std::collections::BTreeSet;

use builders::{
    ConfigMap, Container, CronJob, Flow, Identity, Peer, Pod, Resources, RunAs, ServiceAccount,
    Volume,
};
use configs::FilePath;
use configs::registry::{CleanupPolicies, Kept};
use environment::{CloudUser, Environment, Registry};
use names::{
    ApplicationName, Bytes, ConfigMapName, ContainerName, DataKey, Duration, EnvironmentVariable,
    ImageReference, ObjectName, ServiceAccountName, VolumeName, WorkloadName, name,
};

use crate::component::Component;
use crate::convert::{identity, resources};
use crate::network::{identity_servers, web};
use crate::scheduling::PriorityClasses;
use crate::{provider, wave};

const NAME: WorkloadName = WorkloadName::from_static("registry-settings");
const POLICIES: DataKey = DataKey::from_static("cleanup-policies.json");
const DIRECTORY: FilePath = FilePath::from_static("/etc/registry");
/// No file of the image belongs to this user, and none has to.
const USER: RunAs = RunAs::same(65_534);

/// The `CronJob` with the document that it sets.
pub(super) fn registry(
    environment: &Environment,
    settings: &Registry,
    images: &BTreeSet<ImageReference>,
    priorities: &PriorityClasses,
) -> Component<()> {
    let identity = identity(
        &name!(ApplicationName, "registry-settings"),
        &settings.namespace.value,
        &NAME,
    );
    let account = provider::identity(environment, CloudUser::ImageRegistry)
        .annotations
        .into_iter()
        .fold(
            ServiceAccount::new(&identity, &name!(ServiceAccountName, "registry-settings")),
            |account, (key, value)| account.annotation(&key, value),
        );
    let document = document(settings, &identity, images);
    let peer = Peer::plain(&identity, &account.handle());
    let google = web(environment, name!(ObjectName, "artifact-registry"));
    let pod = Pod::new(&identity, &account.handle(), USER, scanning(settings))
        .init(cleanup(settings, &document))
        .priority(&priorities.batch);
    let job = CronJob::new(pod, &settings.schedule).deadline(Duration::minutes(15));
    Component::new(
        identity.application(),
        identity.namespace(),
        wave::OPERATIONS,
        (),
    )
    .talks(
        identity_servers(environment)
            .into_iter()
            .chain([google])
            .map(|server| Flow::new(&peer, &server)),
    )
    .with([account.manifest(), document.manifest(), job.manifest()])
}

fn document(
    settings: &Registry,
    identity: &Identity,
    images: &BTreeSet<ImageReference>,
) -> ConfigMap {
    let repository = &settings.repository;
    let below = format!(
        "{}-docker.pkg.dev/{}/{}/",
        repository.location, repository.project, repository.name
    );
    let policies = CleanupPolicies::new(
        Kept {
            untagged: settings.untagged,
            unused: settings.unused.value,
            newest: settings.newest_kept.value,
        },
        images
            .iter()
            .filter(|image| image.as_str().starts_with(&below)),
    );
    ConfigMap::new(identity, &name!(ConfigMapName, "registry-settings"))
        .entry(&POLICIES, policies.to_text())
}

/// One call of the command line.
fn client<T: Into<String>>(
    settings: &Registry,
    name: &ContainerName,
    arguments: impl IntoIterator<Item = T>,
) -> Container {
    let repository = &settings.repository;
    let state = Volume::scratch(&name!(VolumeName, "state"), Bytes::mebi(64));
    let size: Resources =
        resources(&settings.resources).ephemeral_storage(Bytes::mebi(64), Bytes::mebi(256));
    Container::new(name, &settings.client, &size)
        .command(["gcloud", "artifacts", "repositories"])
        .args(arguments)
        .args([
            repository.name.to_string(),
            format!("--project={}", repository.project),
            format!("--location={}", repository.location),
            "--quiet".to_owned(),
        ])
        // The command line writes tokens and logs below this folder.
        .env(&name!(EnvironmentVariable, "CLOUDSDK_CONFIG"), "/state")
        .env(
            &name!(EnvironmentVariable, "CLOUDSDK_CORE_DISABLE_PROMPTS"),
            "1",
        )
        .mount(&state, "/state")
}

fn cleanup(settings: &Registry, document: &ConfigMap) -> Container {
    let files = Volume::config_map(&name!(VolumeName, "policies"), &document.handle());
    client(
        settings,
        &name!(ContainerName, "cleanup-policies"),
        [
            "set-cleanup-policies".to_owned(),
            format!("--policy={}", DIRECTORY.file(&POLICIES)),
            "--no-dry-run".to_owned(),
        ],
    )
    .mount_read_only(&files, &DIRECTORY.to_string())
}

/// Scanning on push is a setting of the repository; images that lie there longer are scanned every day by the cluster.
fn scanning(settings: &Registry) -> Container {
    let flag = if settings.scan_on_push {
        "--allow-vulnerability-scanning"
    } else {
        "--disable-vulnerability-scanning"
    };
    client(
        settings,
        &name!(ContainerName, "scan-on-push"),
        ["update", flag],
    )
}
