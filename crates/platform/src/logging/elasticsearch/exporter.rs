//! The exporter that tells Prometheus how the cluster, its nodes and their disks are.

use builders::{
    Container, Endpoint, Flow, NamedPort, Peer, Pod, Probe, Probes, RunAs, SecretRef,
    ServiceAccount, Workload,
};
use environment::Elasticsearch;
use manifest::Exception;
use names::{
    Bytes, ContainerName, EnvironmentVariable, PathPrefix, PortName, SecretName,
    ServiceAccountName, WorkloadName, name, port,
};

use super::Handles;
use crate::component::Component;
use crate::convert::{identity, resources};
use crate::logging::certificates::{AUTHORITY_CERTIFICATE, TRUST, trust_volume};
use crate::logging::destination::{Login, PASSWORD, USERNAME};
use crate::observability::{PrometheusHandles, scraped};
use crate::secrets::SecretStore;

/// The Secret with the exporter's user.
pub(super) const LOGIN: SecretName = SecretName::from_static("elasticsearch-exporter");

const NAME: WorkloadName = WorkloadName::from_static("elasticsearch-exporter");
const METRICS: NamedPort = NamedPort::tcp(PortName::from_static("http-metrics"), port!(9114));

/// The component with the exporter added.
pub(super) fn exporter(
    settings: &Elasticsearch,
    handles: &Handles,
    store: &SecretStore,
    prometheus: &PrometheusHandles,
    component: Component<Handles>,
) -> Component<Handles> {
    let identity = identity(
        &component.application.name,
        &settings.namespace.value,
        &NAME,
    );
    let account = ServiceAccount::new(
        &identity,
        &name!(ServiceAccountName, "elasticsearch-exporter"),
    );
    let peer = Peer::plain(&identity, &account.handle());
    let (manifest, secret) = store.secret(&identity, &LOGIN, &[USERNAME, PASSWORD]);
    let pod = Pod::new(
        &identity,
        &account.handle(),
        RunAs::same(65_534),
        container(settings, handles, &secret),
    );
    let metrics = Endpoint {
        peer: peer.clone(),
        port: METRICS,
    };
    component
        .talks([
            Flow::new(&peer, &handles.server.endpoint),
            Flow::new(&prometheus.peer, &metrics),
        ])
        .with([
            manifest,
            account.manifest(),
            Workload::deployment(scraped(pod, METRICS.port))
                .replicas(1)
                .manifest()
                .excuse(Exception {
                    code: "WORK015",
                    reason: "a second one would tell every series twice; the alerts that need them wait out a restart",
                }),
        ])
}

fn container(settings: &Elasticsearch, handles: &Handles, secret: &SecretRef) -> Container {
    let trust = trust_volume(&handles.authority);
    let size =
        resources(&settings.exporter.resources).ephemeral_storage(Bytes::mebi(16), Bytes::mebi(64));
    let login = Login {
        user: name!(EnvironmentVariable, "ES_USERNAME"),
        password: name!(EnvironmentVariable, "ES_PASSWORD"),
    };
    let probe = || Probe::http(&METRICS, &name!(PathPrefix, "/healthz")).timeout(5);
    let container = Container::new(
        &name!(ContainerName, "exporter"),
        &settings.exporter.image,
        &size,
    )
    .args([
        format!(
            "--es.uri=https://{}:{}",
            handles.server.host, handles.server.port
        ),
        format!("--es.ca={}", TRUST.file(&AUTHORITY_CERTIFICATE)),
        // Every node, and not only the one that answers.
        "--es.all".to_owned(),
        "--es.timeout=10s".to_owned(),
        format!("--web.listen-address=:{}", METRICS.port),
    ])
    .ports([&METRICS])
    .mount_read_only(&trust, TRUST.as_str())
    .probes(Probes::new(probe().period(30), probe().period(10)));
    login.of(container, secret)
}
