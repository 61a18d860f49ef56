//! What brings Elasticsearch in line with this tree: lifecycle policies, index templates, roles, users and passwords.
//!
//! It runs on a schedule and not once: passwords change in the store of secrets without a change in Git, a cluster that
//! lost its volumes is set up again by itself, and a finished Job never stands in the way of a sync.

use std::collections::BTreeMap;

use builders::{
    ConfigMap, Container, CronJob, Flow, Identity, Peer, Pod, Resources, SecretRef, ServiceAccount,
    Volume,
};
use configs::FilePath;
use configs::elasticsearch::{Documents, IndexTemplate, LifecyclePolicy, Role, Setup, User};
use configs::fluentd::DailyIndex;
use environment::{Elasticsearch, Environment};
use manifest::Manifest;
use names::{
    Bytes, ConfigMapName, ContainerName, Cpu, Duration, ObjectName, SecretName, ServiceAccountName,
    VolumeName, WorkloadName, name,
};

use super::pod::USER;
use super::{Handles, exporter};
use crate::annotations::FINGERPRINT;
use crate::component::Component;
use crate::convert::identity;
use crate::logging::certificates::{AUTHORITY_CERTIFICATE, TRUST, trust_volume};
use crate::logging::destination::{FLUENTD_USER, PASSWORD, USERNAME};
use crate::logging::{APPLICATION_INDEX, SYSTEM_INDEX, kibana, logstash};
use crate::secrets::SecretStore;

const NAME: WorkloadName = WorkloadName::from_static("elasticsearch-setup");
const FILES: FilePath = FilePath::from_static("/setup");
const SUPERUSER: FilePath = FilePath::from_static("/secrets/superuser");
const KIBANA: FilePath = FilePath::from_static("/secrets/kibana");

/// For people: searches all logs.
const READER: ObjectName = ObjectName::from_static("log-reader");

/// A node that restarts is back within this time, and its shards are not copied elsewhere.
const ABSENCE: Duration = Duration::minutes(10);

/// A user that a program of ours logs in with.
struct Account {
    /// The Secret with name and password, and the volume that it becomes.
    secret: SecretName,
    volume: VolumeName,
    /// Where the volume is mounted.
    directory: FilePath,
    /// The role and what it may do.
    role: ObjectName,
    privileges: Role,
}

/// The component with the CronJob added.
pub(super) fn setup(
    environment: &Environment,
    settings: &Elasticsearch,
    handles: &Handles,
    superuser: &SecretRef,
    store: &SecretStore,
    component: Component<Handles>,
) -> Component<Handles> {
    let identity = identity(
        &component.application.name,
        &settings.namespace.value,
        &NAME,
    );
    let account = ServiceAccount::new(&identity, &name!(ServiceAccountName, "elasticsearch-setup"));
    let accounts = accounts(settings);
    let config = config(environment, settings, handles, &identity, &accounts);
    let mut mounts = vec![(name!(VolumeName, "superuser"), superuser.clone(), SUPERUSER)];
    let mut manifests: Vec<Manifest> = Vec::new();
    for account in accounts {
        let (manifest, secret) = store.secret(&identity, &account.secret, &[USERNAME, PASSWORD]);
        // The exporter's own manifest of its Secret is in this application already.
        manifests.extend((account.secret != exporter::LOGIN).then_some(manifest));
        mounts.push((account.volume, secret, account.directory));
    }
    if settings.kibana.is_some() {
        let (manifest, secret) = store.secret(&identity, &kibana::LOGIN, &[PASSWORD]);
        manifests.push(manifest);
        mounts.push((name!(VolumeName, "kibana"), secret, KIBANA));
    }
    let pod = Pod::new(
        &identity,
        &account.handle(),
        USER,
        container(settings, handles, &config, mounts),
    )
    .annotation(&FINGERPRINT, config.fingerprint());
    let peer = Peer::plain(&identity, &account.handle());
    let job = CronJob::new(pod, &settings.setup)
        .retries(1)
        .deadline(Duration::minutes(15))
        .history(1, 3);
    component
        .talks([Flow::new(&peer, &handles.server.endpoint)])
        .with(manifests)
        .with([account.manifest(), config.manifest(), job.manifest()])
}

/// Who logs in, and with which rights. Where there is a Logstash, application logs are its own to write.
fn accounts(settings: &Elasticsearch) -> Vec<Account> {
    let (system, application) = (SYSTEM_INDEX.wildcard(), APPLICATION_INDEX.wildcard());
    let by_fluentd = match settings.logstash {
        Some(_) => vec![system],
        None => vec![system, application.clone()],
    };
    let fluentd = Account {
        secret: FLUENTD_USER,
        volume: name!(VolumeName, "fluentd"),
        directory: FilePath::from_static("/secrets/fluentd"),
        role: name!(ObjectName, "fluentd-writer"),
        privileges: Role::writer(by_fluentd),
    };
    let logstash = settings.logstash.as_ref().map(|_| Account {
        secret: logstash::LOGIN,
        volume: name!(VolumeName, "logstash"),
        directory: FilePath::from_static("/secrets/logstash"),
        role: name!(ObjectName, "logstash-writer"),
        privileges: Role::writer(vec![application]),
    });
    let exporter = Account {
        secret: exporter::LOGIN,
        volume: name!(VolumeName, "exporter"),
        directory: FilePath::from_static("/secrets/exporter"),
        role: name!(ObjectName, "metrics-observer"),
        privileges: Role::observer(),
    };
    [fluentd, exporter].into_iter().chain(logstash).collect()
}

fn config(
    environment: &Environment,
    settings: &Elasticsearch,
    handles: &Handles,
    identity: &Identity,
    accounts: &[Account],
) -> ConfigMap {
    let setup = Setup {
        host: handles.server.host.clone(),
        port: handles.server.port,
        authority: TRUST.file(&AUTHORITY_CERTIFICATE),
        superuser_password: SUPERUSER.file(&PASSWORD),
        kibana_password: settings.kibana.as_ref().map(|_| KIBANA.file(&PASSWORD)),
        users: accounts
            .iter()
            .map(|account| User {
                username: account.directory.file(&USERNAME),
                password: account.directory.file(&PASSWORD),
                role: account.role.clone(),
            })
            .collect(),
        directory: FILES,
        documents: documents(environment, settings, accounts),
    };
    setup.files().into_iter().fold(
        ConfigMap::new(identity, &name!(ConfigMapName, "elasticsearch-setup")),
        |config, (key, text)| config.entry(&key, text),
    )
}

fn documents(
    environment: &Environment,
    settings: &Elasticsearch,
    accounts: &[Account],
) -> Documents {
    let keep = &environment.logging.keep;
    let indices: [(ObjectName, DailyIndex, Duration, &str); 2] = [
        (
            name!(ObjectName, "system-logs"),
            SYSTEM_INDEX,
            keep.system.value,
            "Logs of the nodes and the platform",
        ),
        (
            name!(ObjectName, "app-logs"),
            APPLICATION_INDEX,
            keep.application.value,
            "Logs of the applications",
        ),
    ];
    let mut documents = Documents {
        roles: accounts
            .iter()
            .map(|account| (account.role.clone(), account.privileges.clone()))
            .chain([(
                READER,
                Role::reader(vec![SYSTEM_INDEX.wildcard(), APPLICATION_INDEX.wildcard()]),
            )])
            .collect(),
        policies: BTreeMap::new(),
        templates: BTreeMap::new(),
    };
    for (name, index, keep, description) in indices {
        let template = IndexTemplate {
            index,
            policy: name.to_string(),
            copies: u16::from(settings.nodes.value > 1),
            absence: ABSENCE,
        };
        let policy = LifecyclePolicy {
            keep,
            description: description.to_owned(),
        };
        documents.templates.insert(name.clone(), template);
        documents.policies.insert(name, policy);
    }
    documents
}

/// Elasticsearch's own image has the shell and the client that the script needs, and is on the nodes already.
fn container(
    settings: &Elasticsearch,
    handles: &Handles,
    config: &ConfigMap,
    secrets: Vec<(VolumeName, SecretRef, FilePath)>,
) -> Container {
    let files = Volume::scripts(&name!(VolumeName, "setup"), &config.handle());
    let trust = trust_volume(&handles.authority);
    let size = Resources::new(
        (Cpu::millis(20), Bytes::mebi(32)),
        (Cpu::millis(200), Bytes::mebi(128)),
    )
    .ephemeral_storage(Bytes::mebi(16), Bytes::mebi(64));
    let container = Container::new(&name!(ContainerName, "setup"), &settings.image.value, &size)
        .command(["bash", FILES.file(&Setup::SCRIPT).as_str()])
        .mount_read_only(&files, FILES.as_str())
        .mount_read_only(&trust, TRUST.as_str())
        // Passwords are written here, and never reach a disk.
        .mount(
            &Volume::memory(&name!(VolumeName, "tmp"), Bytes::mebi(8)),
            "/tmp",
        );
    secrets
        .into_iter()
        .fold(container, |container, (volume, secret, directory)| {
            container.mount_read_only(&Volume::secret(&volume, &secret, &[]), directory.as_str())
        })
}
