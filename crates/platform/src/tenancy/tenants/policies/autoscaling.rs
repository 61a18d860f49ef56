//! An autoscaler for each Deployment of a tenant, in the mode and within the bounds of its tier.

use std::collections::BTreeMap;

use api::autoscaling_k8s_io::v1 as vertical;
use api::policies_kyverno_io::v1 as kyverno;
use environment::{Tier, TierScaling, VerticalMode};
use k8s_openapi::api::rbac::v1 as rbac;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use manifest::Manifest;
use names::{ComponentName, RoleName, name};

use super::super::VERTICAL_SCALING;
use super::{Resources, Whose, tier_policy, validating, validation};
use crate::convert::{MANAGED_BY, update_mode};

/// An autoscaler of the tier for a Deployment.
pub(in super::super) fn autoscaler_spec(
    scaling: &TierScaling,
    deployment: &str,
) -> vertical::VerticalPodAutoscalerSpec {
    let most = BTreeMap::from([
        (
            "cpu".to_owned(),
            Quantity(scaling.max_cpu.value.to_string()),
        ),
        (
            "memory".to_owned(),
            Quantity(scaling.max_memory.value.to_string()),
        ),
    ]);
    let every_container = vertical::VerticalPodAutoscalerResourcePolicyContainerPolicy {
        container_name: Some("*".to_owned()),
        max_allowed: Some(most),
        ..Default::default()
    };
    vertical::VerticalPodAutoscalerSpec {
        target_ref: vertical::VerticalPodAutoscalerTargetRef {
            api_version: Some("apps/v1".to_owned()),
            kind: "Deployment".to_owned(),
            name: deployment.to_owned(),
        },
        update_policy: Some(vertical::VerticalPodAutoscalerUpdatePolicy {
            update_mode: Some(update_mode(scaling.mode.value)),
            ..Default::default()
        }),
        resource_policy: Some(vertical::VerticalPodAutoscalerResourcePolicy {
            container_policies: Some(vec![every_container]),
        }),
        ..Default::default()
    }
}

/// What makes autoscalers, and what bounds those that tenants make themselves.
pub(super) fn policies(name: &ComponentName, tier: &Tier) -> [Manifest; 2] {
    [generate(name, tier), bound(name, tier)]
}

/// Each Deployment that does not bring one gets an autoscaler of its name, which goes with it.
fn generate(name: &ComponentName, tier: &Tier) -> Manifest {
    let (label, declared) = VERTICAL_SCALING;
    let deployments = Resources("apps", "v1", "deployments");
    let autoscaler = vertical::VerticalPodAutoscaler {
        metadata: ObjectMeta {
            // Where the template has brackets, Kyverno puts the value of the expression between them.
            name: Some("(( object.metadata.name ))".to_owned()),
            namespace: Some("(( object.metadata.namespace ))".to_owned()),
            labels: Some(BTreeMap::from([
                (super::TIER.to_string(), name.to_string()),
                (
                    "app.kubernetes.io/managed-by".to_owned(),
                    MANAGED_BY.to_string(),
                ),
            ])),
            ..Default::default()
        },
        spec: autoscaler_spec(&tier.vpa, "(( object.metadata.name ))"),
    };
    let policy = kyverno::GeneratingPolicy {
        spec: kyverno::GeneratingPolicySpec {
            match_constraints: Some(Whose::Tier(name).objects(deployments, &["CREATE", "UPDATE"])),
            match_conditions: Some(vec![kyverno::GeneratingPolicyMatchCondition {
                name: "brings-none".to_owned(),
                expression: format!(
                    "object.metadata.?labels[?\"{label}\"].orValue(\"\") != \"{declared}\""
                ),
            }]),
            evaluation: Some(kyverno::GeneratingPolicyEvaluation {
                generate_existing: Some(kyverno::GeneratingPolicyEvaluationGenerateExisting {
                    enabled: Some(true),
                }),
                synchronize: Some(kyverno::GeneratingPolicyEvaluationSynchronize {
                    enabled: Some(true),
                }),
                ..Default::default()
            }),
            generate: vec![kyverno::GeneratingPolicyGenerate {
                template: Some(kyverno::GeneratingPolicyGenerateTemplate {
                    interpolate: Some(kyverno::GeneratingPolicyGenerateTemplateInterpolate::Cel),
                    // JSON is YAML, and what brackets and quotes mean is the same in both.
                    value: serde_json::to_string_pretty(&autoscaler).unwrap_or_default(),
                }),
                expression: None,
            }],
            ..Default::default()
        },
        ..Default::default()
    };
    Manifest::cluster(tier_policy(name, "autoscalers"), policy)
}

/// The modes that move pods no more than this one does.
fn no_more_than(mode: VerticalMode) -> Vec<&'static str> {
    const ALL: [VerticalMode; 4] = [
        VerticalMode::Off,
        VerticalMode::Initial,
        VerticalMode::Recreate,
        VerticalMode::InPlaceOrRecreate,
    ];
    ALL.into_iter()
        .filter(|other| *other <= mode || mode.changes_running_pods())
        .map(|mode| update_mode(mode).as_str())
        .collect()
}

/// A tenant's own autoscaler keeps to the tier's mode and bounds, too.
fn bound(name: &ComponentName, tier: &Tier) -> Manifest {
    let autoscalers = Resources("autoscaling.k8s.io", "v1", "verticalpodautoscalers");
    let modes: Vec<String> = no_more_than(tier.vpa.mode.value)
        .into_iter()
        .map(|mode| format!("\"{mode}\""))
        .collect();
    let modes = modes.join(", ");
    let policies = "object.spec.?resourcePolicy.?containerPolicies.orValue([])";
    let within = |resource: &str, most: &str| {
        validation(
            format!(
                "{policies}.all(p, p.?mode.orValue(\"Auto\") == \"Off\" || p.?maxAllowed[?\"{resource}\"].hasValue() && quantity(string(p.maxAllowed[\"{resource}\"])).compareTo(quantity(\"{most}\")) <= 0)"
            ),
            format!(
                "an autoscaler of a tenant of the tier {name} may allow {most} {resource} at most, and has to say so"
            ),
        )
    };
    validating(
        tier_policy(name, "autoscaler-bounds"),
        Whose::Tier(name).objects(autoscalers, &["CREATE", "UPDATE"]),
        false,
        Vec::new(),
        vec![
            validation(
                format!("object.spec.?updatePolicy.?updateMode.orValue(\"Recreate\") in [{modes}]"),
                format!(
                    "an autoscaler of a tenant of the tier {name} has one of the modes {modes}"
                ),
            ),
            validation(
                format!("{policies}.exists(p, p.?containerName.orValue(\"*\") == \"*\")"),
                "an autoscaler has a policy for the container `*`, or containers without one have no bounds",
            ),
            within("cpu", &tier.vpa.max_cpu.value.to_string()),
            within("memory", &tier.vpa.max_memory.value.to_string()),
        ],
    )
}

/// Kyverno's controllers may make autoscalers and report on them; the chart collects such roles by their labels.
pub(super) fn permissions() -> [Manifest; 2] {
    let role = |name: RoleName, controllers: &[&str], verbs: &[&str]| {
        let labels = controllers.iter().map(|controller| {
            (
                format!("rbac.kyverno.io/aggregate-to-{controller}-controller"),
                "true".to_owned(),
            )
        });
        let role = rbac::ClusterRole {
            metadata: ObjectMeta {
                labels: Some(labels.collect()),
                ..Default::default()
            },
            rules: Some(vec![rbac::PolicyRule {
                api_groups: Some(vec!["autoscaling.k8s.io".to_owned()]),
                resources: Some(vec!["verticalpodautoscalers".to_owned()]),
                verbs: verbs.iter().map(|&verb| verb.to_owned()).collect(),
                ..Default::default()
            }]),
            ..Default::default()
        };
        Manifest::cluster(name, role)
    };
    [
        role(
            name!(RoleName, "kyverno:make-vertical-pod-autoscalers"),
            &["background"],
            &[
                "create", "delete", "get", "list", "patch", "update", "watch",
            ],
        ),
        role(
            name!(RoleName, "kyverno:read-vertical-pod-autoscalers"),
            &["admission", "reports"],
            &["get", "list", "watch"],
        ),
    ]
}
