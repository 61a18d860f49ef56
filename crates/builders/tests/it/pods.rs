//! Pods: the restricted standard unless something else is said, and exactly the volumes that are mounted.

use builders::{
    ConfigMap, Container, Pod, Probe, Probes, RunAs, SecretKeyRef, SecretRef, Volume, Workload,
};
use manifest::Manifest;
use names::{
    Bytes, ConfigMapName, ContainerName, DataKey, EnvironmentVariable, PathPrefix, SecretName,
    VolumeName, name,
};
use serde_json::{Value, json};

use crate::sample::{
    ADMIN, HTTP, SHOP, account, basket, claim, container, field, image, items, pod, service, size,
};

const SCRATCH: VolumeName = VolumeName::from_static("scratch");

fn manifest(pod: Pod) -> Manifest {
    Workload::deployment(pod).manifest()
}

fn spec(pod: Pod) -> Value {
    field(&manifest(pod), "/spec/template/spec")
}

/// The names in a list, in its order.
fn names(list: &Value) -> Vec<&str> {
    items(list)
        .iter()
        .filter_map(|item| item["name"].as_str())
        .collect()
}

fn of_two(first: Container, second: Container) -> Pod {
    Pod::new(&basket(), &account(&basket()), RunAs::same(10_001), first).container(second)
}

fn sidecar() -> Container {
    Container::new(&name!(ContainerName, "sidecar"), &image(), &size())
}

#[test]
fn a_pod_without_mounts_has_no_volumes() {
    assert_eq!(spec(pod(&basket())).get("volumes"), None);
}

#[test]
fn a_mounted_volume_is_in_the_pod_and_in_no_other() {
    let scratch = Volume::scratch(&SCRATCH, Bytes::mebi(64));
    let _unused = Volume::scratch(&name!(VolumeName, "unused"), Bytes::mebi(64));
    let with = spec(Pod::new(
        &basket(),
        &account(&basket()),
        RunAs::same(10_001),
        container().mount(&scratch, "/tmp"),
    ));
    assert_eq!(
        with["volumes"],
        json!([{ "name": "scratch", "emptyDir": { "sizeLimit": "64Mi" } }])
    );
}

#[test]
fn a_volume_that_several_containers_mount_is_in_the_pod_once() {
    let shared = Volume::memory(&SCRATCH, Bytes::mebi(1));
    let init = Container::new(&name!(ContainerName, "prepare"), &image(), &size());
    let pod = of_two(
        container()
            .mount(&shared, "/run/shared")
            .mount_read_only(&shared, "/again"),
        sidecar().mount_read_only(&shared, "/run/shared"),
    )
    .init(init.mount(&shared, "/run/shared"));
    let spec = spec(pod);
    assert_eq!(names(&spec["volumes"]), ["scratch"]);
    assert_eq!(items(&spec["containers"][0]["volumeMounts"]).len(), 2);
}

#[test]
fn the_volume_of_a_claim_template_is_mounted_but_left_to_the_stateful_set() {
    let identity = basket();
    let claim = claim(&identity);
    let pod = Pod::new(
        &identity,
        &account(&identity),
        RunAs::same(999),
        container().mount(&claim.volume(), "/data"),
    );
    let headless = service(&identity, "-headless").headless().handle();
    let manifest = Workload::stateful_set(pod, &headless, [claim]).manifest();
    assert_eq!(field(&manifest, "/spec/template/spec/volumes"), Value::Null);
    assert_eq!(
        field(
            &manifest,
            "/spec/template/spec/containers/0/volumeMounts/0/name"
        ),
        field(&manifest, "/spec/volumeClaimTemplates/0/metadata/name")
    );
}

#[test]
fn every_container_starts_out_as_the_restricted_standard_asks() {
    let init = Container::new(&name!(ContainerName, "prepare"), &image(), &size());
    let spec = spec(of_two(container(), sidecar()).init(init));
    let containers = items(&spec["containers"])
        .iter()
        .chain(items(&spec["initContainers"]));
    let contexts: Vec<&Value> = containers
        .map(|container| &container["securityContext"])
        .collect();
    assert_eq!(contexts.len(), 3);
    for context in contexts {
        assert_eq!(
            *context,
            json!({
                "allowPrivilegeEscalation": false,
                "capabilities": { "drop": ["ALL"] },
                "readOnlyRootFilesystem": true,
                "runAsNonRoot": true,
            })
        );
    }
    assert_eq!(
        spec["securityContext"],
        json!({
            "runAsUser": 10_001,
            "runAsGroup": 10_001,
            "fsGroup": 10_001,
            "seccompProfile": { "type": "RuntimeDefault" },
        })
    );
}

#[test]
fn a_pod_mounts_no_token_unless_it_asks_for_it() {
    // Said by the pod itself, for an account that a chart made may have it otherwise.
    assert_eq!(
        spec(pod(&basket()))["automountServiceAccountToken"],
        json!(false)
    );
    let asks = spec(pod(&basket()).with_api_access());
    assert_eq!(asks["automountServiceAccountToken"], json!(true));
}

#[test]
fn every_container_asks_for_and_is_held_to_cpu_and_memory() {
    let spec = spec(pod(&basket()));
    assert_eq!(
        spec["containers"][0]["resources"],
        json!({
            "requests": { "cpu": "100m", "memory": "128Mi" },
            "limits": { "cpu": "500m", "memory": "256Mi" },
        })
    );
}

#[test]
fn a_container_without_cpu_limit_keeps_the_limit_of_memory() {
    let free = Container::new(
        &name!(ContainerName, "free"),
        &image(),
        &size().unthrottled(),
    );
    let pod = Pod::new(&basket(), &account(&basket()), RunAs::same(1), free);
    assert_eq!(
        spec(pod)["containers"][0]["resources"]["limits"],
        json!({ "memory": "256Mi" })
    );
}

#[test]
fn probes_refer_to_a_port_of_the_container_by_its_name() {
    let health = name!(PathPrefix, "/health");
    let probes =
        Probes::new(Probe::http(&HTTP, &health), Probe::tcp(&ADMIN)).startup(Probe::tcp(&HTTP));
    let container = container().ports([&ADMIN]).probes(probes);
    let spec = spec(Pod::new(
        &basket(),
        &account(&basket()),
        RunAs::same(1),
        container,
    ));
    let container = &spec["containers"][0];
    let declared = names(&container["ports"]);
    for port in [
        &container["livenessProbe"]["httpGet"]["port"],
        &container["readinessProbe"]["tcpSocket"]["port"],
        &container["startupProbe"]["tcpSocket"]["port"],
    ] {
        assert!(
            declared.contains(&port.as_str().expect("a name")),
            "{port} is not declared"
        );
    }
}

#[test]
fn spreading_and_separation_count_the_pods_of_the_selector() {
    let spec = spec(
        pod(&basket())
            .spread_over_zones(true, Some("pod-template-hash"))
            .require_separate_nodes(),
    );
    let selector = json!({ "matchLabels": { "app": "basket" } });
    assert_eq!(
        spec["topologySpreadConstraints"],
        json!([{
            "labelSelector": selector,
            "matchLabelKeys": ["pod-template-hash"],
            "maxSkew": 1,
            "topologyKey": "topology.kubernetes.io/zone",
            "whenUnsatisfiable": "DoNotSchedule",
        }])
    );
    let terms =
        &spec["affinity"]["podAntiAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"];
    assert_eq!(
        *terms,
        json!([{ "labelSelector": selector, "topologyKey": "kubernetes.io/hostname" }])
    );
}

#[test]
fn a_secret_reaches_a_variable_by_reference_and_never_by_value() {
    let secret = SecretRef::external(&SHOP, &name!(SecretName, "basket-db"), "of the tests");
    let key = SecretKeyRef::new(&secret, &name!(DataKey, "password"));
    let container = container().env_from_secret(&name!(EnvironmentVariable, "PASSWORD"), &key);
    let spec = spec(Pod::new(
        &basket(),
        &account(&basket()),
        RunAs::same(1),
        container,
    ));
    assert_eq!(
        spec["containers"][0]["env"],
        json!([{
            "name": "PASSWORD",
            "valueFrom": { "secretKeyRef": { "name": "basket-db", "key": "password" } },
        }])
    );
}

#[test]
fn the_keys_of_a_secret_volume_are_those_that_were_named_and_others_cannot_read_them() {
    let secret = SecretRef::external(&SHOP, &name!(SecretName, "basket-tls"), "of the tests");
    let key = name!(DataKey, "tls.key");
    let volume = Volume::secret(&name!(VolumeName, "tls"), &secret, [&key]);
    let container = container().mount_read_only(&volume, "/etc/tls");
    let spec = spec(Pod::new(
        &basket(),
        &account(&basket()),
        RunAs::same(1),
        container,
    ));
    assert_eq!(
        spec["volumes"],
        json!([{
            "name": "tls",
            "secret": {
                "secretName": "basket-tls",
                "defaultMode": 0o440,
                "items": [{ "key": "tls.key", "path": "tls.key" }],
            },
        }])
    );
}

#[test]
fn scripts_may_be_run_and_plain_files_keep_the_mode_of_the_kubelet() {
    let config = ConfigMap::new(&basket(), &name!(ConfigMapName, "files"));
    let scripts = Volume::scripts(&name!(VolumeName, "scripts"), &config.handle());
    let files = Volume::config_map(&name!(VolumeName, "files"), &config.handle());
    let container = container()
        .mount_read_only(&scripts, "/scripts")
        .mount_file(&files, "a", "/etc/a");
    let spec = spec(Pod::new(
        &basket(),
        &account(&basket()),
        RunAs::same(1),
        container,
    ));
    assert_eq!(
        spec["volumes"],
        json!([
            { "name": "scripts", "configMap": { "name": "files", "defaultMode": 0o555 } },
            { "name": "files", "configMap": { "name": "files" } },
        ])
    );
    assert_eq!(
        spec["containers"][0]["volumeMounts"][1],
        json!({ "name": "files", "mountPath": "/etc/a", "subPath": "a", "readOnly": true })
    );
}
