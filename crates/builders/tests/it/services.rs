//! Services: ports lead to container ports by name, and a narrower selection stays inside of the selector.

use builders::{Pod, RunAs, Workload};
use names::{label_key, label_value, port};
use serde_json::{Value, json};

use crate::sample::{ADMIN, HTTP, account, basket, container, field, items, service};

#[test]
fn service_ports_refer_to_container_ports_by_name() {
    let identity = basket();
    let service = service(&identity, "").port(port!(9000), &ADMIN).manifest();
    let pod = Pod::new(
        &identity,
        &account(&identity),
        RunAs::same(1),
        container().ports([&ADMIN]),
    );
    let workload = Workload::deployment(pod).manifest();
    let declared = field(&workload, "/spec/template/spec/containers/0/ports");
    let ports = field(&service, "/spec/ports");
    assert_eq!(items(&ports).len(), 2);
    for port in items(&ports) {
        let target = items(&declared)
            .iter()
            .find(|declared| declared["name"] == port["targetPort"]);
        let target = target.expect("a port of the container");
        assert_eq!(
            (&target["name"], &target["protocol"]),
            (&port["name"], &port["protocol"])
        );
    }
}

#[test]
fn the_handle_knows_the_ports_and_the_host() {
    let handle = service(&basket(), "-public")
        .port(port!(9000), &ADMIN)
        .handle();
    assert_eq!(handle.host(), "basket-public.shop.svc.cluster.local");
    assert_eq!(handle.port(), Some(port!(80)));
    assert_eq!(*handle.ports(), [(port!(80), HTTP), (port!(9000), ADMIN)]);
}

#[test]
fn a_service_selects_the_pods_of_its_identity() {
    let manifest = service(
        &basket().label(&label_key!("team"), &label_value!("checkout")),
        "",
    )
    .manifest();
    assert_eq!(
        field(&manifest, "/spec/selector"),
        json!({ "app": "basket" })
    );
}

#[test]
fn a_narrower_selection_keeps_the_selector() {
    let key = label_key!("statefulset.kubernetes.io/pod-name");
    let manifest = service(&basket(), "-primary")
        .only(&key, &label_value!("basket-0"))
        .manifest();
    assert_eq!(
        field(&manifest, "/spec/selector"),
        json!({ "app": "basket", "statefulset.kubernetes.io/pod-name": "basket-0" })
    );
}

#[test]
fn members_find_each_other_behind_a_headless_service_before_they_are_ready() {
    let manifest = service(&basket(), "-headless").headless().manifest();
    assert_eq!(field(&manifest, "/spec/clusterIP"), json!("None"));
    assert_eq!(
        field(&manifest, "/spec/publishNotReadyAddresses"),
        json!(true)
    );
}

#[test]
fn a_service_is_reachable_from_outside_only_if_that_was_said() {
    let inside = service(&basket(), "").manifest();
    assert_eq!(field(&inside, "/spec/type"), json!("ClusterIP"));
    let outside = service(&basket(), "")
        .load_balancer(Some("service.k8s.aws/nlb"))
        .manifest();
    assert_eq!(field(&outside, "/spec/type"), json!("LoadBalancer"));
    assert_eq!(
        field(&outside, "/spec/loadBalancerClass"),
        json!("service.k8s.aws/nlb")
    );
}

#[test]
fn the_protocol_above_tcp_is_said_of_the_first_port_only() {
    let manifest = service(&basket(), "")
        .port(port!(9000), &ADMIN)
        .app_protocol("http")
        .manifest();
    assert_eq!(field(&manifest, "/spec/ports/0/appProtocol"), json!("http"));
    assert_eq!(field(&manifest, "/spec/ports/1/appProtocol"), Value::Null);
}
