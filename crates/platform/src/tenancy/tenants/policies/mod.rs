//! What Kyverno does with what tenants apply: sizes, places, labels and refuses, each by the tier of the namespace.

mod autoscaling;
mod containers;
mod identity;
mod placement;

use api::policies_kyverno_io::v1 as kyverno;
use environment::{Environment, Tenancy};
use k8s_openapi::api::admissionregistration::v1 as admission;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement};
use manifest::Manifest;
use names::{ApplicationName, ComponentName, NamespaceName, ObjectName, linked, name};

use super::TIER;
use crate::component::Component;
use crate::wave;

pub(super) use autoscaling::autoscaler_spec;

/// The policies of all tiers, and of tenants of any tier.
pub(super) fn policies(environment: &Environment, tenancy: &Tenancy) -> Component<()> {
    tenancy.tiers.iter().fold(
        Component::new(
            &name!(ApplicationName, "tenant-policies"),
            &name!(NamespaceName, "kyverno"),
            wave::POLICIES,
            (),
        )
        .with(identity::policies())
        .with(autoscaling::permissions()),
        |component, (name, tier)| {
            component
                .with([containers::bounds(name, tier)])
                .with(placement::policies(environment, name, tier))
                .with(autoscaling::policies(name, tier))
        },
    )
}

/// Whose objects a policy is about.
#[derive(Clone, Copy, Debug)]
enum Whose<'a> {
    /// Those of every tenant.
    Tenants,
    /// Those of the tenants of one tier.
    Tier(&'a ComponentName),
}

/// Pods, as they are made.
const PODS: Resources = Resources("", "v1", "pods");

/// Objects of one kind: API group, version and plural.
#[derive(Clone, Copy, Debug)]
struct Resources(&'static str, &'static str, &'static str);

impl Whose<'_> {
    /// The objects of one kind in these namespaces, on these operations.
    fn objects(self, resources: Resources, operations: &[&str]) -> admission::MatchResources {
        let Resources(group, version, plural) = resources;
        let one = |text: &str| Some(vec![text.to_owned()]);
        let namespaces = match self {
            Self::Tenants => LabelSelector {
                match_expressions: Some(vec![LabelSelectorRequirement {
                    key: TIER.to_string(),
                    operator: "Exists".to_owned(),
                    values: None,
                }]),
                ..Default::default()
            },
            Self::Tier(tier) => LabelSelector {
                match_labels: Some([(TIER.to_string(), tier.to_string())].into()),
                ..Default::default()
            },
        };
        admission::MatchResources {
            namespace_selector: Some(namespaces),
            resource_rules: Some(vec![admission::NamedRuleWithOperations {
                api_groups: one(group),
                api_versions: one(version),
                resources: one(plural),
                operations: Some(operations.iter().map(|&text| text.to_owned()).collect()),
                ..Default::default()
            }]),
            ..Default::default()
        }
    }
}

/// The name of a tier's policy.
fn tier_policy(tier: &ComponentName, about: &str) -> ObjectName {
    linked(&format!("tenant-{tier}"), "-", about)
}

/// A named expression that others refer to as `variables.NAME`.
fn variable(name: &str, expression: impl Into<String>) -> admission::Variable {
    admission::Variable {
        name: name.to_owned(),
        expression: expression.into(),
    }
}

/// An expression that must hold, and what is said where it does not.
fn validation(expression: impl Into<String>, message: impl Into<String>) -> admission::Validation {
    admission::Validation {
        expression: expression.into(),
        message: Some(message.into()),
        ..Default::default()
    }
}

/// A policy that refuses what breaks it. With `controllers` it is also held against the pod templates of workloads, so
/// that whoever applies one hears of it, and not only its controller.
fn validating(
    name: ObjectName,
    objects: admission::MatchResources,
    controllers: bool,
    variables: Vec<admission::Variable>,
    validations: Vec<admission::Validation>,
) -> Manifest {
    const CONTROLLERS: [&str; 5] = [
        "cronjobs",
        "daemonsets",
        "deployments",
        "jobs",
        "statefulsets",
    ];
    let autogen = controllers.then(|| CONTROLLERS.map(str::to_owned).into());
    let policy = kyverno::ValidatingPolicy {
        spec: kyverno::ValidatingPolicySpec {
            match_constraints: Some(objects),
            failure_policy: Some(kyverno::ValidatingPolicyFailurePolicy::Fail),
            validation_actions: Some(vec![kyverno::ValidatingPolicyValidationAction::Deny]),
            autogen: Some(kyverno::ValidatingPolicyAutogen {
                pod_controllers: Some(kyverno::ValidatingPolicyAutogenPodControllers {
                    controllers: Some(autogen.unwrap_or_default()),
                }),
                validating_admission_policy: None,
            }),
            variables: (!variables.is_empty()).then_some(variables),
            validations: Some(validations),
            ..Default::default()
        },
        ..Default::default()
    };
    Manifest::cluster(name, policy)
}

/// A policy that changes pods as they are made, by an expression that gives JSON patches. Workloads stay as Git has them.
fn patching(
    name: ObjectName,
    whose: Whose<'_>,
    variables: Vec<admission::Variable>,
    patches: &[String],
) -> Manifest {
    let policy = kyverno::MutatingPolicy {
        spec: kyverno::MutatingPolicySpec {
            match_constraints: Some(whose.objects(PODS, &["CREATE"])),
            failure_policy: Some(kyverno::MutatingPolicyFailurePolicy::Fail),
            autogen: Some(kyverno::MutatingPolicyAutogen {
                pod_controllers: Some(kyverno::MutatingPolicyAutogenPodControllers {
                    controllers: Some(Vec::new()),
                }),
                mutating_admission_policy: None,
            }),
            variables: Some(variables),
            mutations: Some(vec![kyverno::MutatingPolicyMutation {
                patch_type: "JSONPatch".to_owned(),
                json_patch: Some(kyverno::MutatingPolicyMutationJsonPatch {
                    expression: Some(patches.join(" +\n")),
                }),
                apply_configuration: None,
            }]),
            ..Default::default()
        },
        ..Default::default()
    };
    Manifest::cluster(name, policy)
}

/// Patches that make an object or a list where there is none yet.
fn ensure(field: &str, path: &str, empty: &str) -> String {
    format!("(has({field}) ? [] : [JSONPatch{{op: \"add\", path: \"{path}\", value: {empty}}}])")
}
