//! The coordinator: replicas of which one leads, found by a Lease, with rights to autoscalers, pools and nodes.

use builders::{
    ClusterGrant, ConfigMap, Container, DisruptionBudget, Endpoint, Flow, Grant,
    HorizontalAutoscaler, NamedPort, Peer, Permission, Pod, Probe, Probes, RunAs, ScaleMetric,
    ServiceAccount, Volume, Workload,
};
use configs::coordinator::Addresses;
use environment::{Coordinator, Environment};
use names::{
    ApplicationName, Bytes, ContainerName, Duration, LabelValue, ObjectName, PathPrefix, PortName,
    RoleName, ServiceAccountName, VolumeName, WorkloadName, name, port,
};

use super::configuration::{FILE, config};
use crate::annotations::FINGERPRINT;
use crate::component::Component;
use crate::convert::{identity_found_by, resources};
use crate::network::api_server;
use crate::observability::{PrometheusHandles, scraped};
use crate::wave;

const NAME: WorkloadName = WorkloadName::from_static("vpa-nap-coordinator-ha");
const APP: LabelValue = LabelValue::from_static("vpa-nap-coordinator");
/// The Lease that the leader holds; deleting it makes the replicas elect again.
pub(crate) const LEASE: ObjectName = ObjectName::from_static("vpa-nap-coordinator");
const METRICS: NamedPort = NamedPort::tcp(PortName::from_static("http-metrics"), port!(8080));
const HEALTH: NamedPort = NamedPort::tcp(PortName::from_static("health"), port!(8081));
const DIRECTORY: &str = "/etc/vpa-nap-coordinator";
/// The user of images without a distribution in them.
const USER: RunAs = RunAs::same(65_532);

/// The Deployment with everything it needs.
pub(super) fn coordinator(
    environment: &Environment,
    settings: &Coordinator,
    prometheus: &PrometheusHandles,
) -> Component<()> {
    let identity = identity_found_by(
        &name!(ApplicationName, "vpa-nap-coordinator"),
        &settings.namespace.value,
        &NAME,
        &APP,
    );
    let account = ServiceAccount::new(&identity, &name!(ServiceAccountName, "vpa-nap-coordinator"));
    let listen = Addresses {
        metrics: METRICS.port,
        health: HEALTH.port,
    };
    let config = config(environment, settings, &identity, &LEASE, listen);
    let peer = Peer::plain(&identity, &account.handle());
    let pod = Pod::new(
        &identity,
        &account.handle(),
        USER,
        container(settings, &config),
    )
    .annotation(&FINGERPRINT, config.fingerprint())
    .with_api_access()
    .require_separate_nodes()
    .spread_over_zones(true, Some("pod-template-hash"))
    // Long enough to give the Lease back and to finish the action at hand.
    .termination_grace(Duration::seconds(60));
    let workload = Workload::deployment(scraped(pod, METRICS.port));
    let replicas = &settings.replicas;
    let metrics = replicas
        .cpu
        .map(ScaleMetric::Cpu)
        .into_iter()
        .chain(replicas.memory.map(ScaleMetric::Memory));
    let window = Some(settings.stabilization);
    let autoscaler = HorizontalAutoscaler::new(
        &identity,
        &workload.scale_target(),
        replicas.min.value,
        replicas.max.value,
    )
    .metrics(metrics)
    .stabilization(window, window);
    let leases = Grant::new(
        identity.namespace(),
        &name!(RoleName, "vpa-nap-coordinator-leader-election"),
        &account.handle(),
        lease_permissions(),
    );
    let actions = ClusterGrant::new(
        &name!(RoleName, "platform:vpa-nap-coordinator"),
        &account.handle(),
        permissions(),
    );
    let scraped = Endpoint {
        peer: peer.clone(),
        port: METRICS,
    };
    Component::new(
        identity.application(),
        identity.namespace(),
        wave::INFRASTRUCTURE,
        (),
    )
    .talks([
        Flow::new(&peer, &api_server(environment)),
        Flow::new(&prometheus.peer, &scraped),
    ])
    .with(leases.manifests())
    .with(actions.manifests())
    .with([
        account.manifest(),
        config.manifest(),
        DisruptionBudget::min_available(&identity, 1).manifest(),
        autoscaler.manifest(),
        workload.manifest(),
    ])
}

/// A Lease cannot be made by name, since it has none before: only what follows is bound to it.
fn lease_permissions() -> [Permission; 3] {
    const LEASES: &str = "leases";
    let group = "coordination.k8s.io";
    [
        Permission::new(group, [LEASES], ["create"]),
        Permission::new(group, [LEASES], ["get", "update", "patch"]).only([LEASE.as_str()]),
        Permission::new("", ["events"], ["create", "patch"]),
    ]
}

/// It holds the VPA back, lets it go on, and opens and closes the disruption budgets of node pools.
fn permissions() -> [Permission; 6] {
    const READ: [&str; 3] = ["get", "list", "watch"];
    const CHANGE: [&str; 4] = ["get", "list", "watch", "patch"];
    [
        Permission::new("autoscaling.k8s.io", ["verticalpodautoscalers"], CHANGE),
        Permission::new(
            "autoscaling.k8s.io",
            ["verticalpodautoscalercheckpoints"],
            READ,
        ),
        Permission::new("karpenter.sh", ["nodepools"], CHANGE),
        Permission::new("karpenter.sh", ["nodeclaims"], READ),
        Permission::new("", ["nodes", "namespaces", "pods"], READ),
        Permission::new("events.k8s.io", ["events"], ["create", "patch"]),
    ]
}

fn container(settings: &Coordinator, config: &ConfigMap) -> Container {
    let files = Volume::config_map(&name!(VolumeName, "config"), &config.handle());
    let size = resources(&settings.resources).ephemeral_storage(Bytes::mebi(16), Bytes::mebi(64));
    let probe = |path: &PathPrefix| Probe::http(&HEALTH, path).timeout(3);
    Container::new(&name!(ContainerName, "coordinator"), &settings.image, &size)
        .args([format!("--config={DIRECTORY}/{FILE}")])
        .ports([&METRICS, &HEALTH])
        .mount_read_only(&files, DIRECTORY)
        .probes(
            Probes::new(
                probe(&name!(PathPrefix, "/healthz")).period(10).failures(3),
                probe(&name!(PathPrefix, "/readyz")).period(5).failures(3),
            )
            .startup(probe(&name!(PathPrefix, "/healthz")).period(5).failures(12)),
        )
}
