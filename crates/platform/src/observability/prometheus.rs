//! The Prometheus server: one pod that discovers what to scrape, with its rights, its configuration and its volume.

use builders::{
    ClaimTemplate, ClusterGrant, ConfigMap, Container, Endpoint, Flow, Grant, Identity, NamedPort,
    Peer, Permission, Pod, Probe, Probes, RunAs, Service, ServiceAccount, ServiceAccountRef,
    Volume, Workload,
};
use environment::Environment;
use manifest::Manifest;
use names::{
    ApplicationName, Bytes, ContainerName, Duration, PathPrefix, PortName, RoleName,
    ServiceAccountName, ServiceName, VolumeName, WorkloadName, name, port,
};

use super::charts::scrapes;
use super::prometheus_config::{CONFIG, DIRECTORY, Scraped, config};
use crate::backup::left_out;
use crate::component::Component;
use crate::convert::{identity, resources};
use crate::data::StorageClasses;
use crate::network::{api_server, nodes};
use crate::wave;

const WEB: NamedPort = NamedPort::tcp(PortName::from_static("http-web"), port!(9090));
const KUBELET: NamedPort = NamedPort::tcp(PortName::from_static("kubelet"), port!(10_250));
const NAME: WorkloadName = WorkloadName::from_static("prometheus");
const HEADLESS: ServiceName = ServiceName::from_static("prometheus-headless");

/// What others may refer to.
#[derive(Clone, Debug)]
pub(crate) struct PrometheusHandles {
    /// The server, as what it scrapes lets it in.
    pub(crate) peer: Peer,
    /// The server, as those who ask it for metrics reach it.
    pub(crate) endpoint: Endpoint,
    /// The address that they ask it at.
    pub(crate) address: String,
}

/// Who the server is, which has to be known to what it scrapes before it is known what it scrapes.
pub(super) struct Server {
    identity: Identity,
    account: ServiceAccount,
    service: Service,
}

impl Server {
    /// The server of the environment.
    pub(super) fn new(environment: &Environment) -> Self {
        let identity = identity(
            &name!(ApplicationName, "prometheus"),
            &environment.monitoring.namespace.value,
            &NAME,
        );
        let own = name!(ServiceAccountName, "prometheus");
        let account = environment.monitoring.prometheus.account.as_ref();
        Self {
            account: ServiceAccount::new(&identity, account.map_or(&own, |account| &account.name)),
            service: Service::new(&identity, &name!(ServiceName, "prometheus"), WEB.port, &WEB),
            identity,
        }
    }

    /// What others may refer to.
    pub(super) fn handles(&self) -> PrometheusHandles {
        let peer = Peer::plain(&self.identity, &self.account.handle());
        PrometheusHandles {
            endpoint: Endpoint {
                peer: peer.clone(),
                port: WEB,
            },
            address: format!("http://{}:{}", self.service.handle().host(), WEB.port),
            peer,
        }
    }

    /// The server with everything it needs, and the flows to whatever has no component of its own that lets it in.
    pub(super) fn component(
        self,
        environment: &Environment,
        classes: &StorageClasses,
        scraped: &Scraped,
    ) -> Component<()> {
        let handles = self.handles();
        let Self {
            identity,
            account,
            service,
        } = self;
        let config = config(environment, &identity, WEB.port, scraped);
        let storage = &environment.monitoring.prometheus.storage;
        let class = classes.get(&storage.class.value);
        let claim = ClaimTemplate::new(
            &identity,
            &name!(VolumeName, "data"),
            &class,
            storage.size.value,
        );
        let headless = Service::new(&identity, &HEADLESS, WEB.port, &WEB).headless();
        let container = server(environment, &config, &claim);
        let pod = Pod::new(&identity, &account.handle(), USER, container)
            .with_api_access()
            // A shutdown writes what is in memory to disk.
            .termination_grace(Duration::minutes(5));
        let workload = Workload::stateful_set(pod, &headless.handle(), [claim]).replicas(1);
        let called = [
            Endpoint {
                peer: nodes(environment),
                port: KUBELET,
            },
            api_server(environment),
        ];
        Component::new(
            identity.application(),
            identity.namespace(),
            wave::MONITORING,
            (),
        )
        .talks(called.map(|endpoint| Flow::new(&handles.peer, &endpoint)))
        .talks(scrapes(environment, &handles))
        .with(grants(environment, &identity, &account.handle()))
        .with([
            account.manifest(),
            config.manifest(),
            left_out(
                workload.manifest(),
                environment,
                "measurements expire, and new ones come at once: what a loss costs is history",
            ),
            headless.manifest(),
            service.manifest(),
        ])
    }
}

/// The rights that discovery needs over the cluster, and those in its own namespace that the environment gives.
fn grants(
    environment: &Environment,
    identity: &Identity,
    account: &ServiceAccountRef,
) -> Vec<Manifest> {
    let discovery = ClusterGrant::new(
        &name!(RoleName, "platform:prometheus"),
        account,
        permissions(),
    );
    let own = environment
        .monitoring
        .prometheus
        .account
        .as_ref()
        .map(|settings| {
            let may = settings.may.iter().map(|permission| {
                Permission::new(
                    "",
                    permission.resources.iter().map(String::as_str),
                    permission.verbs.iter().map(String::as_str),
                )
            });
            Grant::new(identity.namespace(), &settings.role, account, may)
        });
    let mut manifests: Vec<Manifest> = discovery.manifests().into_iter().collect();
    // A call by name says the line that it stands in.
    if let Some(grant) = own {
        manifests.extend(grant.manifests());
    }
    manifests
}

/// `nobody`, as the image runs.
const USER: RunAs = RunAs {
    user: 65_534,
    group: 65_534,
    volume_group: Some(65_534),
};

/// What discovery lists and what scraping reads (the server's own documentation of `kubernetes_sd_config`).
fn permissions() -> [Permission; 4] {
    const READ: [&str; 3] = ["get", "list", "watch"];
    [
        Permission::new("", ["nodes", "services", "pods"], READ),
        Permission::new("discovery.k8s.io", ["endpointslices"], READ),
        Permission::new("", ["nodes/metrics"], ["get"]),
        Permission::paths(["/metrics"]),
    ]
}

fn server(environment: &Environment, config: &ConfigMap, claim: &ClaimTemplate) -> Container {
    let settings = &environment.monitoring.prometheus;
    let files = Volume::config_map(&name!(VolumeName, "config"), &config.handle());
    let probe = |path: &PathPrefix| Probe::http(&WEB, path).timeout(5);
    let (healthy, ready) = (
        name!(PathPrefix, "/-/healthy"),
        name!(PathPrefix, "/-/ready"),
    );
    let size = resources(&settings.resources).ephemeral_storage(Bytes::mebi(64), Bytes::mebi(256));
    Container::new(&name!(ContainerName, "prometheus"), &settings.image, &size)
        .args([
            format!("--config.file={DIRECTORY}/{CONFIG}"),
            "--storage.tsdb.path=/prometheus".to_owned(),
            // The file is read again when it changes, without a second container.
            "--config.auto-reload".to_owned(),
            format!(
                "--web.external-url=https://prometheus.{}",
                environment.domain
            ),
        ])
        .ports([&WEB])
        .mount_read_only(&files, &DIRECTORY.to_string())
        .mount(&claim.volume(), "/prometheus")
        // Replaying the log of a full server takes minutes, in which it is alive but not ready.
        .probes(
            Probes::new(
                probe(&healthy).period(10).failures(6),
                probe(&ready).period(5).failures(3),
            )
            .startup(probe(&ready).period(15).failures(60)),
        )
}
