//! A small shop: the workloads, accounts and ports that the tests build from.

use builders::{
    Canary, ClaimTemplate, Container, Identity, NamedPort, Pod, Resources, RunAs, Service,
    ServiceAccount, ServiceAccountRef, StorageClassRef,
};
use manifest::Manifest;
use names::{
    ApplicationName, Bytes, ContainerName, Cpu, Duration, ImageReference, NamespaceName, PortName,
    ServiceName, StorageClassName, VolumeName, Weight, WorkloadName, label_key, label_value, name,
    port,
};
use serde_json::Value;

pub(crate) const SHOP: NamespaceName = NamespaceName::from_static("shop");
pub(crate) const VAULT: NamespaceName = NamespaceName::from_static("vault");
pub(crate) const HTTP: NamedPort = NamedPort::tcp(PortName::from_static("http"), port!(8080));
pub(crate) const ADMIN: NamedPort = NamedPort::tcp(PortName::from_static("admin"), port!(9000));

/// A workload of its own application, with one label more than its selector has.
pub(crate) fn workload(namespace: &NamespaceName, name: &WorkloadName) -> Identity {
    let application: ApplicationName = name.with_suffix("");
    Identity::new(&application, namespace, name, &label_key!("app")).label(
        &label_key!("app.kubernetes.io/managed-by"),
        &label_value!("platform"),
    )
}

pub(crate) fn basket() -> Identity {
    workload(&SHOP, &name!(WorkloadName, "basket"))
}

pub(crate) fn account(identity: &Identity) -> ServiceAccountRef {
    ServiceAccount::new(identity, &identity.name().with_suffix("")).handle()
}

pub(crate) fn size() -> Resources {
    Resources::new(
        (Cpu::millis(100), Bytes::mebi(128)),
        (Cpu::millis(500), Bytes::mebi(256)),
    )
}

pub(crate) fn image() -> ImageReference {
    "registry.example.com/shop/basket:v1.2.3"
        .parse()
        .expect("an image")
}

pub(crate) fn container() -> Container {
    Container::new(&name!(ContainerName, "basket"), &image(), &size()).ports([&HTTP])
}

pub(crate) fn pod(identity: &Identity) -> Pod {
    Pod::new(
        identity,
        &account(identity),
        RunAs::same(10_001),
        container(),
    )
}

pub(crate) fn service(identity: &Identity, suffix: &'static str) -> Service {
    let name: ServiceName = identity.name().with_suffix(suffix);
    Service::new(identity, &name, port!(80), &HTTP)
}

pub(crate) fn claim(identity: &Identity) -> ClaimTemplate {
    let class = StorageClassRef::declared(&name!(StorageClassName, "fast"), "of the tests");
    ClaimTemplate::new(
        identity,
        &name!(VolumeName, "data"),
        &class,
        Bytes::gibi(10),
    )
}

pub(crate) fn canary(identity: &Identity) -> Canary {
    Canary {
        steps: vec![
            (Weight::from_static(5), Some(Duration::minutes(2))),
            (Weight::from_static(50), Some(Duration::minutes(10))),
            (Weight::from_static(100), None),
        ],
        canary_service: service(identity, "-canary").handle(),
        stable_service: service(identity, "-stable").handle(),
        virtual_service: ("basket-vs".to_owned(), "primary".to_owned()),
        destination_rule: (
            "basket-dr".to_owned(),
            "canary".to_owned(),
            "stable".to_owned(),
        ),
    }
}

/// What a field holds; nothing where it is missing.
pub(crate) fn field(manifest: &Manifest, pointer: &str) -> Value {
    manifest
        .value()
        .pointer(pointer)
        .cloned()
        .unwrap_or(Value::Null)
}

/// The items of a list of objects.
pub(crate) fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
