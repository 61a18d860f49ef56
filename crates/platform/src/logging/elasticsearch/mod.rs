//! Elasticsearch: nodes that store the logs, what brings them in line, and who tells Prometheus how they are.

mod exporter;
mod pod;
mod setup;

use builders::{
    ClaimTemplate, ConfigMap, DisruptionBudget, Endpoint, Flow, Identity, NamedPort, Peer,
    SecretRef, Service, ServiceAccount, Workload,
};
use configs::FilePath;
use configs::elasticsearch::{Certificate, Nodes, Settings};
use environment::{Elasticsearch, Environment};
use manifest::Manifest;
use names::{
    ApplicationName, ConfigMapName, DataKey, Duration, PortName, SecretName, ServiceAccountName,
    ServiceName, VolumeName, WorkloadName, name, port,
};

use super::certificates::{self, CertificateKeys, Issuer, TakenUp};
use super::destination::{PASSWORD, Server};
use crate::backup::left_out;
use crate::component::Component;
use crate::convert::identity;
use crate::data::StorageClasses;
use crate::observability::PrometheusHandles;
use crate::secrets::SecretStore;
use crate::wave;

const NAME: WorkloadName = WorkloadName::from_static("elasticsearch");
const SERVICE: ServiceName = ServiceName::from_static("elasticsearch");
const HEADLESS: ServiceName = ServiceName::from_static("elasticsearch-headless");
const HTTPS: NamedPort = NamedPort::tcp(PortName::from_static("https"), port!(9200));
const TRANSPORT: NamedPort = NamedPort::tcp(PortName::from_static("transport"), port!(9300));
const READINESS: NamedPort = NamedPort::tcp(PortName::from_static("readiness"), port!(8080));

const SETTINGS: DataKey = DataKey::from_static("elasticsearch.yml");
const CONFIG: FilePath = FilePath::from_static("/usr/share/elasticsearch/config");
const DATA: FilePath = FilePath::from_static("/usr/share/elasticsearch/data");
const HTTP_CERTIFICATE: FilePath =
    FilePath::from_static("/usr/share/elasticsearch/config/http-certificate");
const TRANSPORT_CERTIFICATE: FilePath =
    FilePath::from_static("/usr/share/elasticsearch/config/transport-certificate");

/// How long a node waits for the others' copies before it stops. The pod's grace period is longer.
const PATIENCE: Duration = Duration::minutes(4);
const GRACE: Duration = Duration::minutes(6);

/// What others may refer to.
#[derive(Clone, Debug)]
pub(super) struct Handles {
    /// The HTTP API.
    pub(super) server: Server,
    /// Who signs certificates of the namespace.
    pub(super) issuer: Issuer,
    /// The Secret with the certificate that clients trust.
    pub(super) authority: SecretRef,
}

/// The Secrets of a node.
struct Secrets {
    superuser: SecretRef,
    http: SecretRef,
    transport: SecretRef,
}

/// The nodes with everything that they and the cluster need.
pub(super) fn elasticsearch(
    environment: &Environment,
    settings: &Elasticsearch,
    classes: &StorageClasses,
    store: &SecretStore,
    prometheus: &PrometheusHandles,
) -> Component<Handles> {
    let application = name!(ApplicationName, "elasticsearch");
    let identity = identity(&application, &settings.namespace.value, &NAME);
    let account = ServiceAccount::new(&identity, &name!(ServiceAccountName, "elasticsearch"));
    let peer = Peer::plain(&identity, &account.handle());
    let (issuer, authority_manifests, authority) = certificates::authority(&identity, store);
    let (manifests, secrets) = secrets(&identity, &issuer, store);
    let config = config(environment, settings, &identity);
    let headless = Service::new(&identity, &HEADLESS, TRANSPORT.port, &TRANSPORT).headless();
    let service = Service::new(&identity, &SERVICE, HTTPS.port, &HTTPS).app_protocol("https");
    let claim = claim(settings, classes, &identity);
    let pod = pod::pod(
        settings,
        &identity,
        &account.handle(),
        &secrets,
        &config,
        &claim,
    );
    let workload = Workload::stateful_set(pod, &headless.handle(), [claim])
        .replicas(settings.nodes.value.into());
    let handles = Handles {
        server: server(&identity, &peer),
        issuer,
        authority,
    };
    let nodes = Endpoint {
        peer: peer.clone(),
        port: TRANSPORT,
    };
    let component = Component::new(
        &application,
        identity.namespace(),
        wave::MONITORING,
        handles.clone(),
    )
    .talks([Flow::new(&peer, &nodes)])
    .with(authority_manifests)
    .with(manifests)
    .with([
        account.manifest(),
        config.manifest(),
        left_out(
            workload.manifest(),
            environment,
            "the logs expire, and the snapshot of a running node's volume could not be restored from",
        ),
    ])
    .with([headless.manifest(), service.manifest()])
    .with(
        (settings.nodes.value > 1)
            .then(|| DisruptionBudget::max_unavailable(&identity, 1).manifest()),
    );
    let component = setup::setup(
        environment,
        settings,
        &handles,
        &secrets.superuser,
        store,
        component,
    );
    exporter::exporter(settings, &handles, store, prometheus, component)
}

/// The volume of each node.
fn claim(settings: &Elasticsearch, classes: &StorageClasses, identity: &Identity) -> ClaimTemplate {
    let class = classes.get(&settings.storage.class.value);
    let size = settings.storage.size.value;
    ClaimTemplate::new(identity, &name!(VolumeName, "data"), &class, size)
}

fn server(identity: &Identity, peer: &Peer) -> Server {
    Server {
        host: SERVICE.host(identity.namespace()),
        port: HTTPS.port,
        endpoint: Endpoint {
            peer: peer.clone(),
            port: HTTPS,
        },
    }
}

/// The first password of the superuser, and one certificate for each of the two ports.
fn secrets(identity: &Identity, issuer: &Issuer, store: &SecretStore) -> (Vec<Manifest>, Secrets) {
    let (nodes, node_authority) = certificates::node_authority(identity);
    let (superuser_manifest, superuser) = store.secret(
        identity,
        &name!(SecretName, "elasticsearch-superuser"),
        &[PASSWORD],
    );
    let (http_manifest, http) = issuer.certificate(
        identity,
        &name!(SecretName, "elasticsearch-http"),
        &[&SERVICE, &HEADLESS],
        TakenUp::AtOnce,
    );
    let (transport_manifest, transport) = nodes.certificate(
        identity,
        &name!(SecretName, "elasticsearch-transport"),
        &[&HEADLESS],
        TakenUp::AtOnce,
    );
    let manifests = node_authority
        .into_iter()
        .chain([superuser_manifest, http_manifest, transport_manifest])
        .collect();
    (
        manifests,
        Secrets {
            superuser,
            http,
            transport,
        },
    )
}

fn config(environment: &Environment, settings: &Elasticsearch, identity: &Identity) -> ConfigMap {
    let certificate = |directory: &FilePath| Certificate {
        key: directory.file(&CertificateKeys::KEY),
        certificate: directory.file(&CertificateKeys::CERTIFICATE),
        authority: directory.file(&CertificateKeys::AUTHORITY),
    };
    let file = Settings {
        cluster: format!("{}-logs", environment.cluster.name),
        members: HEADLESS.host(identity.namespace()),
        http: (HTTPS.port, certificate(&HTTP_CERTIFICATE)),
        transport: (TRANSPORT.port, certificate(&TRANSPORT_CERTIFICATE)),
        readiness: READINESS.port,
    };
    let nodes = Nodes {
        name: NAME.to_string(),
        count: settings.nodes.value,
        data: DATA,
        http: HTTPS.port,
        readiness: READINESS.port,
        authority: HTTP_CERTIFICATE.file(&CertificateKeys::AUTHORITY),
        patience: PATIENCE,
    };
    let config = ConfigMap::new(identity, &name!(ConfigMapName, "elasticsearch-config"))
        .entry(&SETTINGS, file.to_text());
    nodes
        .scripts()
        .into_iter()
        .fold(config, |config, (key, text)| config.entry(&key, text))
}
