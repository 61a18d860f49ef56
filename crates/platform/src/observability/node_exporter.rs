//! node-exporter: one pod a node, on the node's own network, that reads its processors, memory, disks and interfaces.

use builders::{
    Container, Endpoint, Flow, NamedPort, Pod, PriorityClassRef, Probe, Probes, RunAs,
    ServiceAccount, Volume, Workload,
};
use environment::{Environment, NodeExporter as Settings};
use k8s_openapi::api::core::v1::Toleration;
use manifest::{Exception, Manifest};
use names::{
    ApplicationName, Bytes, ContainerName, EnvironmentVariable, PathPrefix, PortName,
    PriorityClassName, ServiceAccountName, VolumeName, WorkloadName, name, port,
};

use super::PrometheusHandles;
use crate::component::Component;
use crate::convert::{identity, resources};
use crate::network::nodes;
use crate::wave;

const NAME: WorkloadName = WorkloadName::from_static("node-exporter");
/// The port on every node.
pub(super) const METRICS: NamedPort = NamedPort::tcp(PortName::from_static("metrics"), port!(9100));
const HOST_IP: EnvironmentVariable = EnvironmentVariable::from_static("HOST_IP");

/// File systems that say nothing about the node's disks.
const NO_DISKS: &str = "^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|efivarfs|fusectl|hugetlbfs|iso9660|\
                        mqueue|nsfs|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|sysfs|tracefs|tmpfs)$";
/// Where containers have their file systems.
const NO_MOUNTS: &str = "^/(dev|proc|sys|run/containerd/.+|run/k3s/.+|var/lib/docker/.+|var/lib/containerd/.+|var/lib/kubelet/.+)($|/)";
/// Interfaces that stand for single pods and come and go with them.
const NO_INTERFACES: &str = "^(veth.*|eni.*|azv.*|gke.*|cali.*|lxc.*|[a-f0-9]{15})$";

/// The DaemonSet with everything it needs.
pub(crate) fn node_exporter(
    environment: &Environment,
    settings: &Settings,
    prometheus: &PrometheusHandles,
) -> Component<()> {
    let identity = identity(
        &name!(ApplicationName, "node-exporter"),
        &settings.namespace.value,
        &NAME,
    );
    let account = ServiceAccount::new(&identity, &name!(ServiceAccountName, "node-exporter"));
    let pod = Pod::new(&identity, &account.handle(), USER, container(settings))
        .priority(&PriorityClassRef::declared(
            &name!(PriorityClassName, "system-node-critical"),
            "every API server has it",
        ))
        // The counters of the node's interfaces are those of its own network, and those of processes need its processes;
        // no node is left out, whatever its taints.
        .patch(|pod| {
            pod.host_network = Some(true);
            pod.host_pid = Some(true);
            pod.tolerations = Some(vec![Toleration {
                operator: Some("Exists".to_owned()),
                ..Default::default()
            }]);
        });
    // Its pods have the addresses of their nodes, which no selector of pods finds.
    let endpoint = Endpoint {
        peer: nodes(environment),
        port: METRICS,
    };
    Component::new(
        identity.application(),
        identity.namespace(),
        wave::MONITORING,
        (),
    )
    .talks([Flow::new(&prometheus.peer, &endpoint)])
    .with([account.manifest(), measuring(pod)])
}

/// The DaemonSet, with what it may do because it measures the node itself.
fn measuring(pod: Pod) -> Manifest {
    Workload::daemon_set(pod)
        .manifest()
        .excuse(Exception {
            code: "SEC004",
            reason: "the counters of the node's interfaces are those of the node's own network",
        })
        .excuse(Exception {
            code: "SEC005",
            reason: "the counters of the node's processes are those of the node",
        })
        .excuse(Exception {
            code: "SEC007",
            reason: "on the node's network the port is the node's",
        })
        .excuse(Exception {
            code: "SEC010",
            reason: "the node's disks and devices are what it measures; both are mounted read-only",
        })
}

/// `nobody`, as the image runs.
const USER: RunAs = RunAs {
    user: 65_534,
    group: 65_534,
    volume_group: None,
};

fn container(settings: &Settings) -> Container {
    let root = Volume::host_path(&name!(VolumeName, "root"), "/", "Directory");
    let sys = Volume::host_path(&name!(VolumeName, "sys"), "/sys", "Directory");
    let path = name!(PathPrefix, "/");
    let probe = || Probe::http(&METRICS, &path).timeout(5);
    let size = resources(&settings.resources).ephemeral_storage(Bytes::mebi(16), Bytes::mebi(64));
    Container::new(
        &name!(ContainerName, "node-exporter"),
        &settings.image,
        &size,
    )
    .args([
        // Only where the other nodes reach it, not on every address of the node.
        format!("--web.listen-address=[$({HOST_IP})]:{}", METRICS.port),
        "--path.procfs=/host/root/proc".to_owned(),
        "--path.sysfs=/host/sys".to_owned(),
        "--path.rootfs=/host/root".to_owned(),
        "--path.udev.data=/host/root/run/udev/data".to_owned(),
        "--no-collector.wifi".to_owned(),
        "--no-collector.btrfs".to_owned(),
        format!("--collector.filesystem.fs-types-exclude={NO_DISKS}"),
        format!("--collector.filesystem.mount-points-exclude={NO_MOUNTS}"),
        format!("--collector.netclass.ignored-devices={NO_INTERFACES}"),
        format!("--collector.netdev.device-exclude={NO_INTERFACES}"),
    ])
    .env_from_field(&HOST_IP, "status.hostIP")
    .ports([&METRICS])
    .mount_read_only(&root, "/host/root")
    .mount_read_only(&sys, "/host/sys")
    .probes(Probes::new(
        probe().period(30).failures(5),
        probe().period(10),
    ))
    .patch(|container| {
        for port in container.ports.iter_mut().flatten() {
            port.host_port = Some(port.container_port);
        }
        // What is mounted on the node later is seen too.
        for mount in container.volume_mounts.iter_mut().flatten() {
            mount.mount_propagation = Some("HostToContainer".to_owned());
        }
    })
}
