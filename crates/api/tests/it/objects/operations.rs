//! Backups, autoscaling of requests, and the untyped input of `istioctl`.

use api::autoscaling_k8s_io::v1::{
    VerticalPodAutoscaler, VerticalPodAutoscalerSpec, VerticalPodAutoscalerTargetRef,
    VerticalPodAutoscalerUpdatePolicy, VerticalPodAutoscalerUpdatePolicyUpdateMode,
};
use api::install_istio_io::v1alpha1::IstioOperator;
use api::k8s_openapi::{ClusterResourceScope, Metadata, NamespaceResourceScope, Resource};
use api::velero_io::v1::{Schedule, ScheduleSpec, ScheduleTemplate};

use super::{json, named, some, spec, strings, written};

#[test]
fn a_daily_backup() {
    let schedule = Schedule {
        metadata: named("daily"),
        spec: Some(ScheduleSpec {
            schedule: "0 2 * * *".to_owned(),
            template: ScheduleTemplate {
                included_namespaces: Some(strings(["production", "staging"])),
                storage_location: some("aws-s3"),
                ttl: some("720h0m0s"),
                ..Default::default()
            },
            ..Default::default()
        }),
    };
    assert_eq!(
        spec(&schedule),
        json!({
            "schedule": "0 2 * * *",
            "template": {
                "includedNamespaces": ["production", "staging"], "storageLocation": "aws-s3", "ttl": "720h0m0s",
            },
        })
    );
}

#[test]
fn a_vertical_autoscaler_that_only_recommends() {
    let autoscaler = VerticalPodAutoscaler {
        metadata: named("api-gateway"),
        spec: VerticalPodAutoscalerSpec {
            target_ref: VerticalPodAutoscalerTargetRef {
                api_version: some("argoproj.io/v1alpha1"),
                kind: "Rollout".to_owned(),
                name: "api-gateway".to_owned(),
            },
            update_policy: Some(VerticalPodAutoscalerUpdatePolicy {
                update_mode: Some(VerticalPodAutoscalerUpdatePolicyUpdateMode::Off),
                ..Default::default()
            }),
            ..Default::default()
        },
    };
    assert_eq!(
        spec(&autoscaler),
        json!({
            "targetRef": { "apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout", "name": "api-gateway" },
            "updatePolicy": { "updateMode": "Off" },
        })
    );
}

#[test]
fn the_input_of_istioctl_has_an_untyped_spec() {
    let operator = IstioOperator {
        metadata: named("control-plane"),
        spec: Some(json!({ "meshConfig": { "accessLogFile": "/dev/stdout" } })),
        ..Default::default()
    };
    assert_eq!(
        written(&operator),
        json!({
            "apiVersion": "install.istio.io/v1alpha1",
            "kind": "IstioOperator",
            "metadata": { "name": "control-plane" },
            "spec": { "meshConfig": { "accessLogFile": "/dev/stdout" } },
        })
    );
}

/// One generic function serves built-in and custom kinds alike.
fn rename<K: Metadata<Ty = api::k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta>>(
    mut object: K,
) -> K {
    object.metadata_mut().name = some("renamed");
    object
}

#[test]
fn custom_kinds_are_resources_like_built_in_ones() {
    fn scope<K: Resource<Scope = S>, S>(_: &K) -> std::any::TypeId
    where
        S: 'static,
    {
        std::any::TypeId::of::<S>()
    }
    let namespace = rename(api::k8s_openapi::api::core::v1::Namespace::default());
    let schedule = rename(Schedule::default());
    assert_eq!(namespace.metadata.name, schedule.metadata.name);
    assert_eq!(
        scope(&namespace),
        std::any::TypeId::of::<ClusterResourceScope>()
    );
    assert_eq!(
        scope(&schedule),
        std::any::TypeId::of::<NamespaceResourceScope>()
    );
    assert_eq!(<Schedule as Resource>::URL_PATH_SEGMENT, "schedules");
}
