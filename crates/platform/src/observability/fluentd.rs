//! The agent that ships every node's logs, with its rights and its configuration.

use builders::{
    ClusterGrant, ConfigMap, Container, Endpoint, Flow, Identity, NamedPort, Peer, Permission, Pod,
    PriorityClassRef, Probe, Probes, RunAs, SecretKeyRef, SecretRef, ServiceAccount, Volume,
    Workload,
};
use configs::FilePath;
use configs::fluentd::{Credentials, DailyIndex, Elasticsearch, NodeLogs};
use environment::Environment;
use k8s_openapi::api::core::v1::Toleration;
use names::{
    ApplicationName, Bytes, ConfigMapName, ContainerName, DataKey, Duration, EnvironmentVariable,
    NamespaceName, ObjectName, PathPrefix, PortName, PriorityClassName, RoleName, SecretName,
    ServiceAccountName, VolumeName, WorkloadName, annotation_key, name,
};

use super::PrometheusHandles;
use crate::component::Component;
use crate::convert::{identity, resources};
use crate::network::{API_SERVER, beyond, nodes};
use crate::secrets::SecretStore;
use crate::wave;

const NAME: WorkloadName = WorkloadName::from_static("fluentd");
const METRICS: NamedPort = NamedPort::tcp(
    PortName::from_static("http-metrics"),
    NodeLogs::MONITORING_PORT,
);
const USER: EnvironmentVariable = EnvironmentVariable::from_static("ELASTICSEARCH_USER");
const PASSWORD: EnvironmentVariable = EnvironmentVariable::from_static("ELASTICSEARCH_PASSWORD");
const USERNAME_KEY: DataKey = DataKey::from_static("username");
const PASSWORD_KEY: DataKey = DataKey::from_static("password");
/// The image's own path of its configuration.
const CONFIG_FILE: &str = "fluent.conf";
/// On the node, so that a new pod goes on where the old one was.
const STATE: FilePath = FilePath::from_static("/var/log/fluentd");

/// The DaemonSet with everything it needs.
pub(crate) fn fluentd(
    environment: &Environment,
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
    let (credentials, secret) = store.secret(
        &identity,
        &name!(SecretName, "fluentd-elasticsearch"),
        &[USERNAME_KEY, PASSWORD_KEY],
    );
    let config = config(environment, &identity);
    let pod = pod(
        &identity,
        &account,
        container(environment, &config, &secret),
        &config,
    );
    let search = Endpoint {
        peer: beyond(environment, name!(ObjectName, "log-search")),
        port: NamedPort::tcp(name!(PortName, "https"), environment.logging.search.port),
    };
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
    .talks([
        Flow::new(&peer, &search),
        Flow::new(
            &peer,
            &Endpoint {
                peer: nodes(environment),
                port: API_SERVER,
            },
        ),
        Flow::new(
            &prometheus.peer,
            &Endpoint {
                peer,
                port: METRICS,
            },
        ),
    ])
    .with(grant.manifests())
    .with([
        account.manifest(),
        credentials,
        config.manifest(),
        Workload::daemon_set(pod).manifest(),
    ])
}

/// Namespaces of the environment file hold applications, all others the system.
fn logs(environment: &Environment, identity: &Identity) -> NodeLogs {
    let search = &environment.logging.search;
    NodeLogs {
        elasticsearch: Elasticsearch {
            host: search.host.clone(),
            port: search.port,
            authority: None,
            credentials: Some(Credentials {
                user: USER,
                password: PASSWORD,
            }),
        },
        system_index: DailyIndex::from_static("system-logs"),
        system_namespaces: vec![
            name!(NamespaceName, "kube-system"),
            crate::mesh::ROOT_NAMESPACE,
            environment.monitoring.namespace.value.clone(),
            identity.namespace().clone(),
        ],
        application_index: DailyIndex::from_static("app-logs"),
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

fn config(environment: &Environment, identity: &Identity) -> ConfigMap {
    ConfigMap::new(identity, &name!(ConfigMapName, "fluentd-config")).entry(
        &name!(DataKey, "fluent.conf"),
        logs(environment, identity).configuration().to_text(),
    )
}

fn container(environment: &Environment, config: &ConfigMap, secret: &SecretRef) -> Container {
    let settings = &environment.logging.fluentd;
    let files = Volume::config_map(&name!(VolumeName, "config"), &config.handle());
    let logs = Volume::host_path(&name!(VolumeName, "logs"), "/var/log", "Directory");
    let metrics = name!(PathPrefix, "/metrics");
    let probe = || Probe::http(&METRICS, &metrics).timeout(5);
    let size = resources(&settings.resources).ephemeral_storage(Bytes::mebi(64), Bytes::mebi(256));
    Container::new(&name!(ContainerName, "fluentd"), &settings.image, &size)
        .args([
            "-c".to_owned(),
            format!("/fluentd/etc/{CONFIG_FILE}"),
            "-p".to_owned(),
            "/fluentd/plugins".to_owned(),
        ])
        .ports([&METRICS])
        .env_from_field(&NodeLogs::NODE_NAME, "spec.nodeName")
        .env_from_secret(&USER, &SecretKeyRef::new(secret, &USERNAME_KEY))
        .env_from_secret(&PASSWORD, &SecretKeyRef::new(secret, &PASSWORD_KEY))
        .mount_read_only(&files, "/fluentd/etc")
        .mount(&logs, "/var/log")
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
    Pod::new(identity, &account.handle(), root, container)
        .annotation(&annotation_key!("platform/config"), config.fingerprint())
        .annotation(&annotation_key!("prometheus.io/scrape"), "true")
        .annotation(
            &annotation_key!("prometheus.io/port"),
            METRICS.port.to_string(),
        )
        .annotation(&annotation_key!("prometheus.io/path"), "/metrics")
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
