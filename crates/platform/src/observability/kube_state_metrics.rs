//! kube-state-metrics: what the API server knows of objects, as metrics.

use builders::{
    ClusterGrant, Container, Endpoint, Flow, NamedPort, Peer, Permission, Pod, Probe, Probes,
    RunAs, Service, ServiceAccount, ServiceRef, Workload,
};
use environment::{Environment, KubeStateMetrics as Settings};
use manifest::Exception;
use names::{
    ApplicationName, Bytes, ContainerName, PathPrefix, PortName, RoleName, ServiceAccountName,
    ServiceName, WorkloadName, name, port,
};

use super::PrometheusHandles;
use super::scraping::scraped;
use crate::component::Component;
use crate::convert::{identity, resources};
use crate::network::api_server;
use crate::wave;

const NAME: WorkloadName = WorkloadName::from_static("kube-state-metrics");
const METRICS: NamedPort = NamedPort::tcp(PortName::from_static("http-metrics"), port!(8080));
/// Its own metrics, and whether it is ready.
const TELEMETRY: NamedPort = NamedPort::tcp(PortName::from_static("http-telemetry"), port!(8081));

/// What is listed, by API group: what alerts, dashboards and the cost model ask for. Secrets are left out above all, since
/// who may list them may read them.
const RESOURCES: [(&str, &[&str]); 9] = [
    (
        "",
        &[
            "limitranges",
            "namespaces",
            "nodes",
            "persistentvolumeclaims",
            "persistentvolumes",
            "pods",
            "resourcequotas",
            "services",
        ],
    ),
    (
        "admissionregistration.k8s.io",
        &[
            "mutatingwebhookconfigurations",
            "validatingwebhookconfigurations",
        ],
    ),
    (
        "apps",
        &["daemonsets", "deployments", "replicasets", "statefulsets"],
    ),
    ("autoscaling", &["horizontalpodautoscalers"]),
    ("batch", &["cronjobs", "jobs"]),
    ("certificates.k8s.io", &["certificatesigningrequests"]),
    (
        "networking.k8s.io",
        &["ingressclasses", "ingresses", "networkpolicies"],
    ),
    ("policy", &["poddisruptionbudgets"]),
    ("storage.k8s.io", &["storageclasses", "volumeattachments"]),
];

/// The Deployment with everything it needs, and the Service that its samples are read from.
///
/// A second replica would only say everything twice.
pub(crate) fn kube_state_metrics(
    environment: &Environment,
    settings: &Settings,
    prometheus: &PrometheusHandles,
) -> Component<ServiceRef> {
    let identity = identity(
        &name!(ApplicationName, "kube-state-metrics"),
        &environment.monitoring.namespace.value,
        &NAME,
    );
    let account = ServiceAccount::new(&identity, &name!(ServiceAccountName, "kube-state-metrics"));
    let peer = Peer::plain(&identity, &account.handle());
    let service = Service::new(
        &identity,
        &name!(ServiceName, "kube-state-metrics"),
        METRICS.port,
        &METRICS,
    );
    let pod = Pod::new(&identity, &account.handle(), USER, container(settings)).with_api_access();
    let workload = Workload::deployment(scraped(pod, TELEMETRY.port)).replicas(1);
    let grant = ClusterGrant::new(
        &name!(RoleName, "platform:kube-state-metrics"),
        &account.handle(),
        RESOURCES.map(|(group, resources)| {
            Permission::new(group, resources.iter().copied(), ["list", "watch"])
        }),
    );
    let scrapes = [METRICS, TELEMETRY].map(|port| {
        let endpoint = Endpoint {
            peer: peer.clone(),
            port,
        };
        Flow::new(&prometheus.peer, &endpoint)
    });
    Component::new(
        identity.application(),
        identity.namespace(),
        wave::MONITORING,
        service.handle(),
    )
    .talks(scrapes)
    .talks([Flow::new(&peer, &api_server(environment))])
    .with(grant.manifests())
    .with([
        account.manifest(),
        workload.manifest().excuse(Exception {
            code: "WORK015",
            reason: "a second one would tell every series twice; the alerts that need them wait out a restart",
        }),
        service.manifest(),
    ])
}

/// `nobody`, as the image runs.
const USER: RunAs = RunAs {
    user: 65_534,
    group: 65_534,
    volume_group: None,
};

fn container(settings: &Settings) -> Container {
    let listed: Vec<&str> = RESOURCES
        .iter()
        .flat_map(|(_, resources)| resources.iter().copied())
        .collect();
    let size = resources(&settings.resources).ephemeral_storage(Bytes::mebi(16), Bytes::mebi(64));
    let (live, ready) = (name!(PathPrefix, "/livez"), name!(PathPrefix, "/readyz"));
    Container::new(
        &name!(ContainerName, "kube-state-metrics"),
        &settings.image,
        &size,
    )
    .args([
        format!("--port={}", METRICS.port),
        format!("--telemetry-port={}", TELEMETRY.port),
        format!("--resources={}", listed.join(",")),
    ])
    .ports([&METRICS, &TELEMETRY])
    .probes(Probes::new(
        Probe::http(&METRICS, &live)
            .period(10)
            .timeout(5)
            .failures(6),
        Probe::http(&TELEMETRY, &ready).period(10).timeout(5),
    ))
}
