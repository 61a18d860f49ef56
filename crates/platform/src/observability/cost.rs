//! `OpenCost`: what nodes, volumes and workloads cost, as metrics.

use builders::{
    ClusterGrant, ConfigMap, Container, Endpoint, Flow, Identity, NamedPort, Peer, Permission, Pod,
    Probe, Probes, RunAs, SecretKeyRef, Service, ServiceAccount, ServiceRef, Volume, Workload,
};
use configs::FilePath;
use configs::opencost::{PriceList, Settings as Model};
use environment::{Cost as Settings, Environment, Provider};
use manifest::Exception;
use names::{
    ApplicationName, Bytes, ConfigMapName, ContainerName, DataKey, EnvironmentVariable, ObjectName,
    PathPrefix, PortName, RoleName, ServiceAccountName, ServiceName, VolumeName, WorkloadName,
    name, port,
};

use super::PrometheusHandles;
use crate::annotations::FINGERPRINT;
use crate::component::Component;
use crate::convert::{identity, resources};
use crate::network::{api_server, web};
use crate::provider;
use crate::secrets::SecretStore;
use crate::wave;

const NAME: WorkloadName = WorkloadName::from_static("opencost");
const METRICS: NamedPort = NamedPort::tcp(PortName::from_static("http"), port!(9003));
const DIRECTORY: FilePath = FilePath::from_static("/var/configs");
const API_KEY: DataKey = DataKey::from_static("api-key");
/// As the image runs.
const USER: RunAs = RunAs::same(1001);

/// The cost model with everything it needs, and the Service that its samples are read from.
pub(crate) fn cost(
    environment: &Environment,
    settings: &Settings,
    store: &SecretStore,
    prometheus: &PrometheusHandles,
) -> Component<ServiceRef> {
    let identity = identity(
        &name!(ApplicationName, "opencost"),
        &environment.monitoring.namespace.value,
        &NAME,
    );
    let account = ServiceAccount::new(&identity, &name!(ServiceAccountName, "opencost"));
    let peer = Peer::plain(&identity, &account.handle());
    let service = Service::new(
        &identity,
        &name!(ServiceName, "opencost"),
        METRICS.port,
        &METRICS,
    );
    let config = config(environment, &identity, prometheus);
    let key = settings.price_list_key.as_ref().map(|name| {
        let (manifest, secret) = store.secret(&identity, name, &[API_KEY]);
        (manifest, SecretKeyRef::new(&secret, &API_KEY))
    });
    let (manifest, key) = key.unzip();
    let pod = Pod::new(
        &identity,
        &account.handle(),
        USER,
        container(settings, &config, key.as_ref()),
    )
    .annotation(&FINGERPRINT, config.fingerprint())
    .with_api_access();
    let grant = ClusterGrant::new(
        &name!(RoleName, "platform:opencost"),
        &account.handle(),
        permissions(),
    );
    Component::new(
        identity.application(),
        identity.namespace(),
        wave::MONITORING,
        service.handle(),
    )
    .talks(flows(environment, &peer, prometheus))
    .with(grant.manifests())
    .with(manifest)
    .with([
        account.manifest(),
        config.manifest(),
        Workload::deployment(pod)
            .replicas(1)
            .manifest()
            .excuse(Exception {
                code: "WORK015",
                reason: "two would write the same costs twice; without it for a minute nothing but a report is late",
            }),
        service.manifest(),
    ])
}

/// Prometheus asks it for costs, and it asks Prometheus for use, the API server for objects and the provider for prices.
fn flows(environment: &Environment, peer: &Peer, prometheus: &PrometheusHandles) -> [Flow; 4] {
    let prices = web(environment, name!(ObjectName, "price-lists"));
    let metrics = Endpoint {
        peer: peer.clone(),
        port: METRICS,
    };
    [
        Flow::new(&prometheus.peer, &metrics),
        Flow::new(peer, &prometheus.endpoint),
        Flow::new(peer, &api_server(environment)),
        Flow::new(peer, &prices),
    ]
}

/// The cost model's settings, under the name that such files have.
fn config(
    environment: &Environment,
    identity: &Identity,
    prometheus: &PrometheusHandles,
) -> ConfigMap {
    let prices = match &environment.cluster.provider {
        Provider::Eks(_) => PriceList::Aws {
            region: provider::region(environment).to_owned(),
        },
        Provider::Gke(_) => PriceList::Gcp,
        Provider::Aks(_) => PriceList::Azure,
    };
    let model = Model {
        cluster: environment.cluster.name.clone(),
        prometheus: prometheus.address.clone(),
        prices,
        directory: DIRECTORY,
    };
    model.variables().into_iter().fold(
        ConfigMap::new(identity, &name!(ConfigMapName, "kubecost-cost-model")),
        |config, (key, value)| config.entry(&key, value),
    )
}

/// What costs something, and whom it belongs to.
fn permissions() -> [Permission; 6] {
    const READ: [&str; 3] = ["get", "list", "watch"];
    [
        Permission::new(
            "",
            [
                "namespaces",
                "nodes",
                "persistentvolumeclaims",
                "persistentvolumes",
                "pods",
                "replicationcontrollers",
                "services",
            ],
            READ,
        ),
        Permission::new(
            "apps",
            ["daemonsets", "deployments", "replicasets", "statefulsets"],
            READ,
        ),
        Permission::new("batch", ["cronjobs", "jobs"], READ),
        Permission::new("autoscaling", ["horizontalpodautoscalers"], READ),
        Permission::new("policy", ["poddisruptionbudgets"], READ),
        Permission::new("storage.k8s.io", ["storageclasses"], READ),
    ]
}

fn container(settings: &Settings, config: &ConfigMap, key: Option<&SecretKeyRef>) -> Container {
    let health = name!(PathPrefix, "/healthz");
    let probe = || Probe::http(&METRICS, &health).timeout(5);
    let scratch = |name: &VolumeName| Volume::scratch(name, Bytes::mebi(64));
    let size = resources(&settings.resources).ephemeral_storage(Bytes::mebi(64), Bytes::mebi(256));
    let container = Container::new(&name!(ContainerName, "opencost"), &settings.image, &size)
        .ports([&METRICS])
        .env_from_every_key(&config.handle())
        .mount(
            &scratch(&name!(VolumeName, "configs")),
            DIRECTORY.to_string().as_str(),
        )
        .mount(&scratch(&name!(VolumeName, "tmp")), "/tmp")
        // It serves only once it has read the price list.
        .probes(
            Probes::new(
                probe().period(20).failures(6),
                probe().period(10).failures(6),
            )
            .startup(probe().period(10).failures(60)),
        );
    match key {
        Some(key) => {
            container.env_from_secret(&name!(EnvironmentVariable, "CLOUD_PROVIDER_API_KEY"), key)
        }
        None => container,
    }
}
