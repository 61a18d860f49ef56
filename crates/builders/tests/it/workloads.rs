//! Workloads: replicas belong to one owner, and each kind keeps to the way in which it is updated.

use builders::{BlueGreenPace, HorizontalAutoscaler, Workload};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use names::{Duration, ObjectName, name};
use serde_json::{Value, json};

use crate::sample::{basket, canary, claim, field, pod, service};

#[test]
fn a_workload_that_is_autoscaled_says_no_replicas() {
    let identity = basket();
    let active = service(&identity, "").handle();
    let preview = service(&identity, "-preview").handle();
    for workload in [
        Workload::deployment(pod(&identity)),
        Workload::canary(pod(&identity), canary(&identity)),
        Workload::blue_green(pod(&identity), &active, &preview),
    ] {
        let autoscaler =
            HorizontalAutoscaler::new(&identity, &workload.scale_target(), 2, 5).manifest();
        let workload = workload.manifest();
        assert_eq!(
            field(&workload, "/spec/replicas"),
            Value::Null,
            "{}",
            workload.id()
        );
        let target = field(&autoscaler, "/spec/scaleTargetRef");
        let id = workload.id();
        assert_eq!(
            target,
            json!({ "apiVersion": id.api_version, "kind": id.kind, "name": id.name }),
            "the autoscaler aims at the workload"
        );
    }
}

#[test]
fn a_fixed_number_of_pods_is_said() {
    let manifest = Workload::deployment(pod(&basket())).replicas(3).manifest();
    assert_eq!(field(&manifest, "/spec/replicas"), json!(3));
}

#[test]
fn a_daemon_set_has_no_replicas_even_if_a_number_was_given() {
    let manifest = Workload::daemon_set(pod(&basket())).replicas(3).manifest();
    assert_eq!(field(&manifest, "/spec/replicas"), Value::Null);
}

#[test]
fn a_stateful_set_is_governed_by_the_service_that_it_was_given_and_keeps_its_volumes() {
    let identity = basket();
    let headless = service(&identity, "-headless").headless().handle();
    let manifest = Workload::stateful_set(pod(&identity), &headless, [claim(&identity)]).manifest();
    assert_eq!(
        field(&manifest, "/spec/serviceName"),
        json!("basket-headless")
    );
    assert_eq!(
        field(&manifest, "/spec/persistentVolumeClaimRetentionPolicy"),
        json!({ "whenDeleted": "Retain", "whenScaled": "Retain" })
    );
    assert_eq!(
        field(&manifest, "/spec/updateStrategy"),
        json!({ "type": "RollingUpdate" })
    );
}

#[test]
fn a_stateful_set_that_is_updated_by_hand_waits_for_its_pods_to_be_deleted() {
    let identity = basket();
    let headless = service(&identity, "-headless").headless().handle();
    let manifest = Workload::stateful_set(pod(&identity), &headless, [])
        .updated_by_hand()
        .manifest();
    assert_eq!(
        field(&manifest, "/spec/updateStrategy"),
        json!({ "type": "OnDelete" })
    );
    assert_eq!(field(&manifest, "/spec/volumeClaimTemplates"), Value::Null);
}

#[test]
fn surge_and_unavailable_are_of_a_deployment_only() {
    let identity = basket();
    let pace = |workload: Workload| {
        workload
            .rolling_update(IntOrString::String("25%".to_owned()), IntOrString::Int(0))
            .manifest()
    };
    let deployment = pace(Workload::deployment(pod(&identity)));
    assert_eq!(
        field(&deployment, "/spec/strategy/rollingUpdate"),
        json!({ "maxSurge": "25%", "maxUnavailable": 0 })
    );
    let daemon_set = pace(Workload::daemon_set(pod(&identity)));
    assert_eq!(
        field(&daemon_set, "/spec/updateStrategy/rollingUpdate"),
        json!({ "maxUnavailable": "10%" })
    );
}

#[test]
fn a_canary_never_has_fewer_pods_than_before_and_names_what_its_controller_changes() {
    let manifest = Workload::canary(pod(&basket()), canary(&basket())).manifest();
    let strategy = field(&manifest, "/spec/strategy/canary");
    assert_eq!(strategy["maxUnavailable"], json!(0));
    assert_eq!(strategy["canaryService"], json!("basket-canary"));
    assert_eq!(strategy["stableService"], json!("basket-stable"));
    assert_eq!(
        strategy["trafficRouting"]["istio"],
        json!({
            "virtualService": { "name": "basket-vs", "routes": ["primary"] },
            "destinationRule": {
                "name": "basket-dr",
                "canarySubsetName": "canary",
                "stableSubsetName": "stable",
            },
        })
    );
}

#[test]
fn a_canary_pauses_after_each_weight_that_says_how_long() {
    let manifest = Workload::canary(pod(&basket()), canary(&basket())).manifest();
    assert_eq!(
        field(&manifest, "/spec/strategy/canary/steps"),
        json!([
            { "setWeight": 5 },
            { "pause": { "duration": "2m" } },
            { "setWeight": 50 },
            { "pause": { "duration": "10m" } },
            { "setWeight": 100 },
        ])
    );
}

#[test]
fn nobody_but_a_person_promotes_a_blue_green_rollout() {
    let identity = basket();
    let active = service(&identity, "").handle();
    let preview = service(&identity, "-preview").handle();
    let manifest = Workload::blue_green(pod(&identity), &active, &preview).manifest();
    assert_eq!(
        field(&manifest, "/spec/strategy"),
        json!({ "blueGreen": {
            "activeService": "basket",
            "previewService": "basket-preview",
            "autoPromotionEnabled": false,
            "scaleDownDelaySeconds": 30,
        } })
    );
}

#[test]
fn a_measured_canary_tells_its_template_which_pods_are_new() {
    let template = name!(ObjectName, "basket-analysis");
    let manifest = Workload::canary(pod(&basket()), canary(&basket()))
        .analysed_by(&template)
        .manifest();
    assert_eq!(
        field(&manifest, "/spec/strategy/canary/analysis"),
        json!({
            "templates": [{ "templateName": "basket-analysis" }],
            "args": [{ "name": "hash", "valueFrom": { "podTemplateHashValue": "Latest" } }],
            "startingStep": 1,
        })
    );
}

#[test]
fn a_blue_green_rollout_promotes_itself_after_the_time_that_is_said() {
    let identity = basket();
    let active = service(&identity, "").handle();
    let preview = service(&identity, "-preview").handle();
    let manifest = Workload::blue_green(pod(&identity), &active, &preview)
        .switched(BlueGreenPace {
            promote_after: Some(Duration::minutes(10)),
            preview_replicas: Some(1),
            keep: Duration::minutes(5),
        })
        .manifest();
    let strategy = field(&manifest, "/spec/strategy/blueGreen");
    assert_eq!(strategy["autoPromotionEnabled"], json!(true));
    assert_eq!(strategy["autoPromotionSeconds"], json!(600));
    assert_eq!(strategy["previewReplicaCount"], json!(1));
    assert_eq!(strategy["scaleDownDelaySeconds"], json!(300));
}
