//! The demands that both levels share.

use serde_json::Value as Json;

use super::{Pod, Violation, set};
use crate::cluster::{list, text};
use crate::pointer::Lookup;

/// The prefix of the annotation that once named a container's profile.
const APP_ARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";

pub(super) fn privileged(pod: &Pod<'_, '_>, found: &mut Vec<Violation>) {
    for container in pod.containers() {
        if is_true(container.value, "/securityContext/privileged") {
            let message = format!("container {} is privileged", container.name());
            found.push(pod.fault_in(&container, "securityContext.privileged", message));
        }
    }
}

pub(super) fn host_network(pod: &Pod<'_, '_>, found: &mut Vec<Violation>) {
    if is_true(pod.template.spec, "/hostNetwork") {
        found.push(pod.fault("hostNetwork", "the pods use the network of their node"));
    }
}

pub(super) fn host_process_ids(pod: &Pod<'_, '_>, found: &mut Vec<Violation>) {
    if is_true(pod.template.spec, "/hostPID") {
        found.push(pod.fault("hostPID", "the pods see all processes of their node"));
    }
}

pub(super) fn host_ipc(pod: &Pod<'_, '_>, found: &mut Vec<Violation>) {
    if is_true(pod.template.spec, "/hostIPC") {
        found.push(pod.fault("hostIPC", "the pods share the memory of their node"));
    }
}

pub(super) fn host_ports(pod: &Pod<'_, '_>, found: &mut Vec<Violation>) {
    for container in pod.containers() {
        for (index, port) in list(container.value, "/ports") {
            let Some(number) = set(port, "/hostPort").filter(|number| **number != 0) else {
                continue;
            };
            let message = format!(
                "container {} takes port {number} of the node",
                container.name()
            );
            found.push(pod.fault_in(&container, &format!("ports[{index}].hostPort"), message));
        }
    }
}

pub(super) fn host_process(pod: &Pod<'_, '_>, found: &mut Vec<Violation>) {
    const POINTER: &str = "/securityContext/windowsOptions/hostProcess";
    const FIELD: &str = "securityContext.windowsOptions.hostProcess";
    if is_true(pod.template.spec, POINTER) {
        found.push(pod.fault(FIELD, "the containers run as processes of the node"));
    }
    for container in pod.containers() {
        if is_true(container.value, POINTER) {
            let message = format!("container {} runs as process of the node", container.name());
            found.push(pod.fault_in(&container, FIELD, message));
        }
    }
}

pub(super) fn app_armor(pod: &Pod<'_, '_>, found: &mut Vec<Violation>) {
    const POINTER: &str = "/securityContext/appArmorProfile/type";
    const FIELD: &str = "securityContext.appArmorProfile.type";
    let wrong = |value: &Json| {
        let profile = text(value, POINTER)?;
        (!matches!(profile, "RuntimeDefault" | "Localhost"))
            .then(|| format!("the AppArmor profile is {profile}"))
    };
    found.extend(wrong(pod.template.spec).map(|message| pod.fault(FIELD, message)));
    for container in pod.containers() {
        let message = wrong(container.value);
        found.extend(message.map(|message| pod.fault_in(&container, FIELD, message)));
    }
    for (key, value) in pod.template.annotations().into_iter().flatten() {
        let Some(container) = key.strip_prefix(APP_ARMOR) else {
            continue;
        };
        let profile = value.as_str().unwrap_or_default();
        if !matches!(profile, "" | "runtime/default") && !profile.starts_with("localhost/") {
            found.push(Violation {
                path: format!("{}.annotations", pod.template.metadata_path()),
                message: format!("the AppArmor profile of container {container} is {profile}"),
            });
        }
    }
}

pub(super) fn se_linux(pod: &Pod<'_, '_>, found: &mut Vec<Violation>) {
    const FIELD: &str = "securityContext.seLinuxOptions";
    let engine = pod.since(31);
    let wrong = |value: &Json| -> Vec<(&'static str, String)> {
        let Some(options) = set(value, "/securityContext/seLinuxOptions") else {
            return Vec::new();
        };
        let mut wrong = Vec::new();
        for (field, name) in [("/user", "user"), ("/role", "role")] {
            if text(options, field).is_some_and(|value| !value.is_empty()) {
                wrong.push((name, format!("an SELinux {name} is set")));
            }
        }
        let kind = text(options, "/type").unwrap_or_default();
        let is_allowed = matches!(
            kind,
            "" | "container_t" | "container_init_t" | "container_kvm_t"
        ) || (engine && kind == "container_engine_t");
        if !is_allowed {
            wrong.push(("type", format!("the SELinux type is {kind}")));
        }
        wrong
    };
    for (name, message) in wrong(pod.template.spec) {
        found.push(pod.fault(&format!("{FIELD}.{name}"), message));
    }
    for container in pod.containers() {
        for (name, message) in wrong(container.value) {
            found.push(pod.fault_in(&container, &format!("{FIELD}.{name}"), message));
        }
    }
}

pub(super) fn proc_mount(pod: &Pod<'_, '_>, found: &mut Vec<Violation>) {
    if !pod.is_restricted() && pod.has_own_users() {
        return;
    }
    for container in pod.containers() {
        let mount = text(container.value, "/securityContext/procMount");
        if let Some(mount) = mount.filter(|mount| *mount != "Default") {
            let message = format!("/proc of container {} is {mount}", container.name());
            found.push(pod.fault_in(&container, "securityContext.procMount", message));
        }
    }
}

/// The settings of the kernel that each minor adds to those that are safe.
const SAFE_SYSCTLS: [(u16, &[&str]); 5] = [
    (
        0,
        &[
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_unprivileged_port_start",
        ],
    ),
    (27, &["net.ipv4.ip_local_reserved_ports"]),
    (
        29,
        &[
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
        ],
    ),
    (32, &["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"]),
    (
        37,
        &[
            "net.ipv4.tcp_slow_start_after_idle",
            "net.ipv4.tcp_notsent_lowat",
        ],
    ),
];

pub(super) fn sysctls(pod: &Pod<'_, '_>, found: &mut Vec<Violation>) {
    for (index, sysctl) in list(pod.template.spec, "/securityContext/sysctls") {
        let name = text(sysctl, "/name").unwrap_or_default();
        let is_safe = SAFE_SYSCTLS
            .iter()
            .any(|(minor, names)| pod.since(*minor) && names.contains(&name));
        if !is_safe {
            let message = format!("the setting {name} of the kernel is not a safe one");
            found.push(pod.fault(&format!("securityContext.sysctls[{index}].name"), message));
        }
    }
}

/// Where a probe or a hook may name another host.
const HANDLERS: [(&str, &str); 10] = [
    ("/livenessProbe/httpGet/host", "livenessProbe.httpGet.host"),
    (
        "/livenessProbe/tcpSocket/host",
        "livenessProbe.tcpSocket.host",
    ),
    (
        "/readinessProbe/httpGet/host",
        "readinessProbe.httpGet.host",
    ),
    (
        "/readinessProbe/tcpSocket/host",
        "readinessProbe.tcpSocket.host",
    ),
    ("/startupProbe/httpGet/host", "startupProbe.httpGet.host"),
    (
        "/startupProbe/tcpSocket/host",
        "startupProbe.tcpSocket.host",
    ),
    (
        "/lifecycle/postStart/httpGet/host",
        "lifecycle.postStart.httpGet.host",
    ),
    (
        "/lifecycle/postStart/tcpSocket/host",
        "lifecycle.postStart.tcpSocket.host",
    ),
    (
        "/lifecycle/preStop/httpGet/host",
        "lifecycle.preStop.httpGet.host",
    ),
    (
        "/lifecycle/preStop/tcpSocket/host",
        "lifecycle.preStop.tcpSocket.host",
    ),
];

pub(super) fn probe_hosts(pod: &Pod<'_, '_>, found: &mut Vec<Violation>) {
    if !pod.since(34) {
        return;
    }
    for container in pod.containers() {
        for (pointer, field) in HANDLERS {
            if let Some(host) = text(container.value, pointer).filter(|host| !host.is_empty()) {
                let message = format!(
                    "container {} has the node call the host {host}",
                    container.name()
                );
                found.push(pod.fault_in(&container, field, message));
            }
        }
    }
}

/// Whether a field is true.
pub(super) fn is_true(value: &Json, pointer: &str) -> bool {
    value.lookup(pointer) == Some(&Json::Bool(true))
}
