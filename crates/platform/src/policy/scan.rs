//! The daily scan: Trivy looks for vulnerabilities in every image of the tree and writes what it finds to the logs.

use std::collections::BTreeSet;

use builders::{
    Claim, ConfigMap, Container, CronJob, Flow, Identity, Peer, Pod, RunAs, SecretRef,
    ServiceAccount, Volume,
};
use configs::FilePath;
use configs::registry::{FINDINGS_TEMPLATE, FOUND, ImageScan as Script, image_list};
use environment::{CloudUser, Environment, ImageScan};
use names::{
    ApplicationName, Bytes, ClaimName, ConfigMapName, ContainerName, DataKey, Duration,
    EnvironmentVariable, ImageReference, ObjectName, ServiceAccountName, VolumeName, WorkloadName,
    name,
};

use crate::annotations::FINGERPRINT;
use crate::backup::left_out;
use crate::component::Component;
use crate::convert::{identity, resources};
use crate::data::StorageClasses;
use crate::network::{identity_servers, web};
use crate::scheduling::PriorityClasses;
use crate::secrets::SecretStore;
use crate::{provider, wave};

const NAME: WorkloadName = WorkloadName::from_static("image-scan");
/// No file of the image belongs to this user, and none has to.
const USER: RunAs = RunAs::same(65_534);
const IMAGES: DataKey = DataKey::from_static("images");
const FINDINGS: DataKey = DataKey::from_static("findings.tpl");
const SCRIPT: DataKey = DataKey::from_static("scan.sh");
/// The file that `docker login` writes.
const DOCKER_CONFIG: DataKey = DataKey::from_static("config.json");
const DIRECTORY: FilePath = FilePath::from_static("/etc/image-scan");
const CREDENTIALS: FilePath = FilePath::from_static("/etc/registry-credentials");
/// Large images take minutes to be fetched.
const ONE_IMAGE: Duration = Duration::minutes(15);

/// The handles that the scan stands on.
pub(crate) struct Ground<'a> {
    /// Where its cache gets its volume.
    pub(crate) classes: &'a StorageClasses,
    /// Where its credentials come from.
    pub(crate) store: &'a SecretStore,
    /// How it is scheduled.
    pub(crate) priorities: &'a PriorityClasses,
}

/// The `CronJob` with its list, script and cache.
pub(super) fn image_scan(
    environment: &Environment,
    settings: &ImageScan,
    images: &BTreeSet<ImageReference>,
    ground: &Ground<'_>,
) -> Component<()> {
    let cloud = provider::identity(environment, CloudUser::ImageScanner);
    let identity = cloud.pod_labels.iter().fold(
        identity(
            &name!(ApplicationName, "image-scan"),
            &settings.namespace.value,
            &NAME,
        ),
        |identity, (key, value)| identity.label(key, &names::LabelValue::from_static(value)),
    );
    let account = cloud.annotations.iter().fold(
        ServiceAccount::new(&identity, &name!(ServiceAccountName, "image-scan")),
        |account, (key, value)| account.annotation(key, value),
    );
    let secret = settings
        .credentials
        .as_ref()
        .map(|name| ground.store.secret(&identity, name, &[DOCKER_CONFIG]));
    let cache = Claim::new(
        &identity,
        &name!(ClaimName, "image-scan-cache"),
        &ground.classes.get(&settings.cache.class.value),
        settings.cache.size,
    );
    let files = files(settings, &identity, images);
    let credentials = secret.as_ref().map(|(_, secret)| secret);
    let pod = Pod::new(
        &identity,
        &account.handle(),
        USER,
        scanner(settings, &files, &cache, credentials),
    )
    .annotation(&FINGERPRINT, files.fingerprint())
    .priority(&ground.priorities.batch);
    let job = CronJob::new(pod, &settings.schedule)
        .deadline(settings.deadline)
        // What was found would be found again.
        .each_run(|job| job.gives_up_on([FOUND]));
    let peer = Peer::plain(&identity, &account.handle());
    let registries = web(environment, name!(ObjectName, "image-registries"));
    Component::new(
        identity.application(),
        identity.namespace(),
        wave::OPERATIONS,
        (),
    )
    .talks(
        identity_servers(environment)
            .into_iter()
            .chain([registries])
            .map(|server| Flow::new(&peer, &server)),
    )
    .with(secret.map(|(secret, _)| secret))
    .with([
        account.manifest(),
        files.manifest(),
        left_out(
            cache.manifest(),
            environment,
            "a cache, which the next scan fills again",
        ),
        job.manifest(),
    ])
}

fn files(
    settings: &ImageScan,
    identity: &Identity,
    images: &BTreeSet<ImageReference>,
) -> ConfigMap {
    // The scanner's own image is one of the tree's.
    let all = images.iter().chain([&settings.image]);
    let script = Script::new(
        &DIRECTORY.file(&IMAGES),
        &DIRECTORY.file(&FINDINGS),
        settings.severities.iter().map(|severity| severity.as_str()),
        settings.unfixed,
        ONE_IMAGE,
    );
    ConfigMap::new(identity, &name!(ConfigMapName, "image-scan"))
        .entry(&IMAGES, image_list(all))
        .entry(&FINDINGS, FINDINGS_TEMPLATE)
        .entry(&SCRIPT, script.script())
}

fn scanner(
    settings: &ImageScan,
    files: &ConfigMap,
    cache: &Claim,
    credentials: Option<&SecretRef>,
) -> Container {
    let size = resources(&settings.resources).ephemeral_storage(Bytes::gibi(1), Bytes::gibi(8));
    let scratch = Volume::scratch(&name!(VolumeName, "layers"), Bytes::gibi(8));
    let scripts = Volume::scripts(&name!(VolumeName, "files"), &files.handle());
    let container = Container::new(&name!(ContainerName, "trivy"), &settings.image, &size)
        .command(["/bin/sh", &DIRECTORY.file(&SCRIPT).to_string()])
        .env(&name!(EnvironmentVariable, "TRIVY_CACHE_DIR"), "/cache")
        // Layers are fetched into this folder.
        .env(&name!(EnvironmentVariable, "TMPDIR"), "/layers")
        .mount_read_only(&scripts, &DIRECTORY.to_string())
        .mount(&cache.volume(&name!(VolumeName, "cache")), "/cache")
        .mount(&scratch, "/layers");
    match credentials {
        None => container,
        Some(secret) => container
            .env(
                &name!(EnvironmentVariable, "DOCKER_CONFIG"),
                CREDENTIALS.to_string(),
            )
            .mount_read_only(
                &Volume::secret(&name!(VolumeName, "credentials"), secret, [&DOCKER_CONFIG]),
                &CREDENTIALS.to_string(),
            ),
    }
}
