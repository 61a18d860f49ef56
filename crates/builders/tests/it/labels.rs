//! Labels and selectors: a selector never changes, whatever labels are added.

use builders::{Identity, Labels, Workload};
use names::{ApplicationName, LabelValue, WorkloadName, label_key, label_value, name};
use serde_json::{Value, json};

use crate::sample::{SHOP, basket, canary, claim, field, pod, service};

/// Every kind of workload of one identity.
fn workloads(identity: &Identity) -> [Workload; 5] {
    let pod = || pod(identity);
    let active = service(identity, "").handle();
    let preview = service(identity, "-preview").handle();
    let headless = service(identity, "-headless").headless().handle();
    [
        Workload::deployment(pod()),
        Workload::canary(pod(), canary(identity)),
        Workload::blue_green(pod(), &active, &preview),
        Workload::stateful_set(pod(), &headless, [claim(identity)]),
        Workload::daemon_set(pod()),
    ]
}

#[test]
fn the_selector_is_the_one_label_that_the_identity_was_made_with() {
    let identity = basket();
    assert_eq!(
        *identity.selector(),
        Labels::from([("app".to_owned(), "basket".to_owned())])
    );
}

#[test]
fn a_label_reaches_the_labels_and_never_the_selector() {
    let before = basket();
    let after = basket().label(&label_key!("team"), &label_value!("checkout"));
    assert_eq!(after.selector(), before.selector());
    assert_eq!(
        after.labels().get("team").map(String::as_str),
        Some("checkout")
    );
}

#[test]
fn a_label_cannot_change_the_value_of_a_selector_key() {
    let identity = basket().label(&label_key!("app"), &label_value!("other"));
    assert_eq!(
        identity.labels().get("app").map(String::as_str),
        Some("basket")
    );
    assert_eq!(identity.selector(), basket().selector());
}

#[test]
fn every_workload_selects_exactly_the_selector_and_labels_its_pods_with_all_labels() {
    let identity = basket().label(&label_key!("team"), &label_value!("checkout"));
    for workload in workloads(&identity) {
        let manifest = workload.manifest();
        let selector = field(&manifest, "/spec/selector");
        assert_eq!(
            selector,
            json!({ "matchLabels": { "app": "basket" } }),
            "{}",
            manifest.id()
        );
        assert_eq!(
            field(&manifest, "/spec/template/metadata/labels"),
            json!(identity.labels())
        );
        assert_eq!(
            field(&manifest, "/metadata/labels"),
            json!(identity.labels())
        );
    }
}

#[test]
fn a_new_label_leaves_every_immutable_field_of_a_stateful_set_as_it_is() {
    let immutable = |identity: &Identity| {
        let headless = service(identity, "-headless").headless().handle();
        let manifest =
            Workload::stateful_set(pod(identity), &headless, [claim(identity)]).manifest();
        [
            "/spec/selector",
            "/spec/serviceName",
            "/spec/volumeClaimTemplates",
            "/spec/podManagementPolicy",
        ]
        .map(|pointer| field(&manifest, pointer))
    };
    let before = immutable(&basket());
    assert!(
        before.iter().all(|value| *value != Value::Null),
        "{before:?}"
    );
    assert_eq!(
        immutable(&basket().label(&label_key!("team"), &label_value!("checkout"))),
        before
    );
}

#[test]
fn a_claim_template_carries_only_the_labels_of_the_selector() {
    let identity = basket().label(&label_key!("version"), &label_value!("v2"));
    let headless = service(&identity, "-headless").headless().handle();
    let manifest = Workload::stateful_set(pod(&identity), &headless, [claim(&identity)]).manifest();
    assert_eq!(
        field(&manifest, "/spec/volumeClaimTemplates/0/metadata"),
        json!({ "name": "data", "labels": { "app": "basket" } })
    );
}

#[test]
fn two_workloads_of_one_application_select_different_pods() {
    let application = name!(ApplicationName, "shop");
    let [web, worker] = [name!(WorkloadName, "web"), name!(WorkloadName, "worker")]
        .map(|name| Identity::new(&application, &SHOP, &name, &label_key!("app")));
    let value: LabelValue = label_value!("shop");
    let [web, worker] =
        [web, worker].map(|identity| identity.label(&label_key!("part-of"), &value));
    assert_ne!(web.selector(), worker.selector());
}
