//! The agent that ships every node's logs, with its rights and its configuration.

use builders::{
    ClusterGrant, ConfigMap, Container, Endpoint, Flow, Identity, NamedPort, Peer, Permission, Pod,
    PriorityClassRef, Probe, Probes, RunAs, SecretRef, ServiceAccount, Volume, Workload,
};
use configs::FilePath;
use configs::fluentd::{Credentials, Elasticsearch, Logstash, NodeLogs};
use environment::Environment;
use k8s_openapi::api::core::v1::Toleration;
use manifest::{Exception, Manifest};
use names::{
    ApplicationName, Bytes, ConfigMapName, ContainerName, DataKey, Duration, NamespaceName,
    PathPrefix, PortName, PriorityClassName, RoleName, SecretName, ServiceAccountName, VolumeName,
    WorkloadName, name,
};

use super::certificates::{AUTHORITY, AUTHORITY_CERTIFICATE};
use super::destination::{Destination, FLUENTD_USER, Login, PASSWORD, USERNAME};
use super::{APPLICATION_INDEX, SYSTEM_INDEX, logstash};
use crate::annotations::FINGERPRINT;
use crate::component::Component;
use crate::convert::{identity, resources};
use crate::network::api_server;
use crate::observability::{PrometheusHandles, scraped};
use crate::secrets::SecretStore;
use crate::wave;

const NAME: WorkloadName = WorkloadName::from_static("fluentd");
const METRICS: NamedPort = NamedPort::tcp(
    PortName::from_static("http-metrics"),
    NodeLogs::MONITORING_PORT,
);
/// The image's own path of its configuration.
const CONFIG_FILE: DataKey = DataKey::from_static("fluent.conf");
const CONFIG_DIRECTORY: FilePath = FilePath::from_static("/fluentd/etc");
/// Where the authority is mounted that certificates in this cluster come from.
const TRUST: FilePath = FilePath::from_static("/fluentd/trust");
/// On the node, so that a new pod goes on where the old one was.
const STATE: FilePath = FilePath::from_static("/var/log/fluentd");

/// What the agent gets from the store of secrets.
struct Secrets {
    elasticsearch: SecretRef,
    logstash: Option<SecretRef>,
    authority: Option<SecretRef>,
}

/// The DaemonSet with everything it needs.
pub(super) fn fluentd(
    environment: &Environment,
    destination: &Destination,
    store: &SecretStore,
    prometheus: &PrometheusHandles,
) -> Component<()> {
    let settings = &environment.logging.fluentd;
    let identity = identity(
        &name!(ApplicationName, "fluentd"),
        &settings.namespace.value,
        &NAME,
    );
    let account = ServiceAccount::new(&identity, &name!(ServiceAccountName, "fluentd"));
    let peer = Peer::plain(&identity, &account.handle());
    let (manifests, secrets) = secrets(&identity, destination, store);
    let config = ConfigMap::new(&identity, &name!(ConfigMapName, "fluentd-config")).entry(
        &CONFIG_FILE,
        logs(environment, &identity, destination)
            .configuration()
            .to_text(),
    );
    let pod = pod(
        &identity,
        &account,
        container(environment, &config, &secrets),
        &config,
    );
    let metrics = Endpoint {
        peer: peer.clone(),
        port: METRICS,
    };
    let servers = std::iter::once(&destination.elasticsearch).chain(&destination.logstash);
    let grant = ClusterGrant::new(
        &name!(RoleName, "platform:fluentd"),
        &account.handle(),
        [Permission::new(
            "",
            ["pods", "namespaces"],
            ["get", "list", "watch"],
        )],
    );
    Component::new(
        identity.application(),
        identity.namespace(),
        wave::MONITORING,
        (),
    )
    .talks(servers.map(|server| Flow::new(&peer, &server.endpoint)))
    .talks([
        Flow::new(&peer, &api_server(environment)),
        Flow::new(&prometheus.peer, &metrics),
    ])
    .with(grant.manifests())
    .with(manifests)
    .with([
        account.manifest(),
        config.manifest(),
        Workload::daemon_set(pod)
            .manifest()
            .excuse(Exception {
                code: "SEC008",
                reason: "it reads the logs where the kubelet writes them",
            })
            .excuse(Exception {
                code: "SEC011",
                reason: "how far it has read stands on the node, or every restart would send all logs again",
            })
            .excuse(Exception {
                code: "SEC016",
                reason: "only root may read the logs of the containers",
            }),
    ])
}

/// Who the agent is to each server, and what it trusts where they are in this cluster.
fn secrets(
    identity: &Identity,
    destination: &Destination,
    store: &SecretStore,
) -> (Vec<Manifest>, Secrets) {
    let mut manifests = Vec::new();
    let mut secret = |name: &SecretName, keys: &[DataKey]| {
        let (manifest, secret) = store.secret(identity, name, keys);
        manifests.push(manifest);
        secret
    };
    let user = [USERNAME, PASSWORD];
    let secrets = Secrets {
        elasticsearch: secret(&FLUENTD_USER, &user),
        logstash: destination
            .logstash
            .as_ref()
            .map(|_| secret(&logstash::CALLERS, &user)),
        authority: destination
            .namespace
            .as_ref()
            .map(|_| secret(&AUTHORITY, &[AUTHORITY_CERTIFICATE])),
    };
    (manifests, secrets)
}

/// Namespaces of the environment file hold applications, all others the system.
fn logs(environment: &Environment, identity: &Identity, destination: &Destination) -> NodeLogs {
    let authority = || TRUST.file(&AUTHORITY_CERTIFICATE);
    let credentials = |login: Login| Credentials {
        user: login.user,
        password: login.password,
    };
    let search = &destination.elasticsearch;
    let namespaces = [
        name!(NamespaceName, "kube-system"),
        crate::mesh::ROOT_NAMESPACE,
        environment.monitoring.namespace.value.clone(),
        identity.namespace().clone(),
    ];
    NodeLogs {
        elasticsearch: Elasticsearch {
            host: search.host.clone(),
            port: search.port,
            authority: destination.namespace.as_ref().map(|_| authority()),
            credentials: Some(credentials(Login::ELASTICSEARCH)),
        },
        system_index: SYSTEM_INDEX,
        system_namespaces: namespaces
            .into_iter()
            .chain(destination.namespace.clone())
            .collect(),
        application_index: APPLICATION_INDEX,
        logstash: destination.logstash.as_ref().map(|server| Logstash {
            host: server.host.clone(),
            port: server.port,
            authority: authority(),
            credentials: credentials(Login::LOGSTASH),
        }),
        own_workload: NAME,
        own_namespace: identity.namespace().clone(),
        cluster: environment.cluster.name.to_string(),
        journal_units: vec![
            "kubelet.service".to_owned(),
            "containerd.service".to_owned(),
        ],
        state_directory: STATE,
        buffer_limit: Bytes::gibi(2),
    }
}

fn container(environment: &Environment, config: &ConfigMap, secrets: &Secrets) -> Container {
    let settings = &environment.logging.fluentd;
    let files = Volume::config_map(&name!(VolumeName, "config"), &config.handle());
    let logs = Volume::host_path(&name!(VolumeName, "logs"), "/var/log", "Directory");
    let state = name!(VolumeName, "state");
    let state = Volume::host_path(&state, STATE.as_str(), "DirectoryOrCreate");
    let metrics = name!(PathPrefix, "/metrics");
    let probe = || Probe::http(&METRICS, &metrics).timeout(5);
    let size = resources(&settings.resources).ephemeral_storage(Bytes::mebi(64), Bytes::mebi(256));
    let container = Container::new(&name!(ContainerName, "fluentd"), &settings.image, &size)
        .args([
            "-c".to_owned(),
            CONFIG_DIRECTORY.file(&CONFIG_FILE).to_string(),
            "-p".to_owned(),
            "/fluentd/plugins".to_owned(),
        ])
        .ports([&METRICS])
        .env_from_field(&NodeLogs::NODE_NAME, "spec.nodeName");
    let container = Login::ELASTICSEARCH.of(container, &secrets.elasticsearch);
    let container = match &secrets.logstash {
        Some(secret) => Login::LOGSTASH.of(container, secret),
        None => container,
    };
    let container = match &secrets.authority {
        Some(secret) => container.mount_read_only(
            &Volume::secret(
                &name!(VolumeName, "trust"),
                secret,
                &[AUTHORITY_CERTIFICATE],
            ),
            TRUST.as_str(),
        ),
        None => container,
    };
    container
        .mount_read_only(&files, CONFIG_DIRECTORY.as_str())
        .mount_read_only(&logs, "/var/log")
        .mount(&state, STATE.as_str())
        .mount(
            &Volume::scratch(&name!(VolumeName, "tmp"), Bytes::mebi(128)),
            "/tmp",
        )
        .probes(Probes::new(
            probe().initial_delay(30).period(30).failures(5),
            probe().period(10),
        ))
        // Only the node's root may read the logs of containers; every capability stays dropped.
        .patch(|container| {
            container
                .security_context
                .get_or_insert_default()
                .run_as_non_root = Some(false);
        })
}

fn pod(
    identity: &Identity,
    account: &ServiceAccount,
    container: Container,
    config: &ConfigMap,
) -> Pod {
    let root = RunAs {
        user: 0,
        group: 0,
        volume_group: None,
    };
    let priority = PriorityClassRef::declared(
        &name!(PriorityClassName, "system-node-critical"),
        "every API server has it",
    );
    let pod = Pod::new(identity, &account.handle(), root, container);
    scraped(pod, METRICS.port)
        .annotation(&FINGERPRINT, config.fingerprint())
        .with_api_access()
        .priority(&priority)
        .termination_grace(Duration::minutes(1))
        // Logs are written on every node, whatever its taints.
        .patch(|pod| {
            pod.tolerations = Some(vec![Toleration {
                operator: Some("Exists".to_owned()),
                ..Default::default()
            }]);
        })
}
