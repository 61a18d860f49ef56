//! The admission policies of the environment: Gatekeeper's templates, and the constraints that say where they hold.

use std::collections::BTreeSet;

use api::config_gatekeeper_sh::v1alpha1 as config;
use environment::{AdmissionPolicy, Enforcement, Environment};
use manifest::{Manifest, Scope};
use names::{ApplicationName, NamespaceName, ObjectName, name};
use serde_json::{Value, json};

use super::namespaces;
use super::templates::{self, Template};
use crate::component::Component;
use crate::wave;
use crate::workloads::public_name;

/// Where the controllers of Gatekeeper run and read their configuration.
const GATEKEEPER: NamespaceName = NamespaceName::from_static("gatekeeper-system");

/// Resources that each container has to ask for and is held to; CPU is throttled only where a service says so, because
/// idle CPU is free and a missing limit of memory takes the neighbours along.
const REQUESTS: [&str; 2] = ["cpu", "memory"];
const LIMITS: [&str; 1] = ["memory"];

/// Where a constraint holds.
enum Reach {
    /// In every namespace but these.
    Except(BTreeSet<NamespaceName>),
    /// In these namespaces.
    Only(BTreeSet<NamespaceName>),
}

/// The kinds that a constraint looks at.
#[derive(Clone, Copy)]
enum Kinds {
    /// Pods and what makes them: a mistake is told to whoever applies the workload, not to its controller alone.
    Pods,
    /// Services.
    Services,
    /// Both.
    All,
}

/// The templates with their constraints, and the namespaces that nothing applies to.
pub(super) fn admission(environment: &Environment, policy: &AdmissionPolicy) -> Component<()> {
    Component::new(
        &name!(ApplicationName, "admission-policies"),
        &GATEKEEPER,
        wave::POLICIES,
        (),
    )
    .with([exempt(policy)])
    .with(templates::templates())
    .with(constraints(environment, policy))
}

/// What Gatekeeper makes of the templates by itself, for whatever judges the constraints where Gatekeeper is not: an API
/// server that is asked before anything is merged, or an editor. Nobody applies it beside Gatekeeper.
pub(super) fn constraint_definitions() -> Component<()> {
    Component::new(
        &name!(ApplicationName, "constraint-definitions"),
        &GATEKEEPER,
        wave::CONTROLLERS,
        (),
    )
    .with(templates::constraint_definitions())
    .application(manifest::Application::install_only)
}

fn constraints(environment: &Environment, policy: &AdmissionPolicy) -> [Manifest; 5] {
    let act = &policy.enforcement;
    let own = || Reach::Only(own_namespaces(environment));
    let sources: Vec<_> = policy
        .image_sources
        .iter()
        .map(|source| source.as_str())
        .collect();
    [
        constraint(
            &templates::LABELS,
            name!(ObjectName, "required-labels"),
            act.labels,
            (Kinds::All, own()),
            &json!({ "labels": policy.required_labels.iter().map(ToString::to_string).collect::<Vec<_>>() }),
        ),
        constraint(
            &templates::IMAGES,
            name!(ObjectName, "image-sources"),
            act.images,
            (Kinds::Pods, Reach::Except(BTreeSet::new())),
            &json!({ "sources": sources }),
        ),
        constraint(
            &templates::RESOURCES,
            name!(ObjectName, "container-resources"),
            act.resources,
            (Kinds::Pods, own()),
            &json!({ "requests": REQUESTS, "limits": LIMITS }),
        ),
        constraint(
            &templates::HOST,
            name!(ObjectName, "host-access"),
            act.host,
            (
                Kinds::Pods,
                Reach::Except(namespaces::privileged(environment)),
            ),
            &json!({}),
        ),
        constraint(
            &templates::EXPOSURE,
            name!(ObjectName, "exposed-services"),
            act.exposure,
            (Kinds::Services, Reach::Except(BTreeSet::new())),
            &json!({ "allowed": exposed_services(environment, policy) }),
        ),
    ]
}

/// The namespaces that hold what this tree makes; charts answer for theirs themselves.
fn own_namespaces(environment: &Environment) -> BTreeSet<NamespaceName> {
    environment.namespaces.keys().cloned().collect()
}

/// Services that a load balancer leads to: those of the environment's services, and those that it lists for charts.
fn exposed_services(environment: &Environment, policy: &AdmissionPolicy) -> BTreeSet<String> {
    let own = environment
        .services
        .iter()
        .filter(|(_, service)| service.load_balancer.is_some())
        .map(|(name, service)| {
            let service_name = public_name(&name.with_suffix(""));
            format!("{}/{service_name}", service.namespace.value)
        });
    let charts = policy
        .exposed_services
        .iter()
        .flat_map(|(namespace, names)| names.iter().map(move |name| format!("{namespace}/{name}")));
    own.chain(charts).collect()
}

fn constraint(
    template: &Template,
    name: ObjectName,
    enforcement: Enforcement,
    (kinds, reach): (Kinds, Reach),
    parameters: &Value,
) -> Manifest {
    let mut matched = json!({ "kinds": kinds.rules() });
    match reach {
        Reach::Except(namespaces) if namespaces.is_empty() => {}
        Reach::Except(namespaces) => matched["excludedNamespaces"] = texts(namespaces),
        Reach::Only(namespaces) => matched["namespaces"] = texts(namespaces),
    }
    let spec = json!({
        "enforcementAction": enforcement.as_str(),
        "match": matched,
        "parameters": parameters,
    });
    Manifest::untyped(
        "constraints.gatekeeper.sh/v1beta1",
        template.kind,
        Scope::Cluster,
        name,
        [("spec", spec)],
    )
    // Its definition is made by Gatekeeper from the template.
    .sync_wave(1)
}

fn texts(namespaces: BTreeSet<NamespaceName>) -> Value {
    namespaces
        .into_iter()
        .map(|name| Value::from(name.to_string()))
        .collect()
}

impl Kinds {
    fn rules(self) -> Value {
        let pods = [
            json!({ "apiGroups": [""], "kinds": ["Pod"] }),
            json!({ "apiGroups": ["apps"], "kinds": ["DaemonSet", "Deployment", "StatefulSet"] }),
            json!({ "apiGroups": ["argoproj.io"], "kinds": ["Rollout"] }),
            json!({ "apiGroups": ["batch"], "kinds": ["CronJob", "Job"] }),
        ];
        let services = [json!({ "apiGroups": [""], "kinds": ["Service"] })];
        match self {
            Self::Pods => pods.into_iter().collect(),
            Self::Services => services.into_iter().collect(),
            Self::All => services.into_iter().chain(pods).collect(),
        }
    }
}

/// Gatekeeper reads the object of this name only.
fn exempt(policy: &AdmissionPolicy) -> Manifest {
    let namespaces = policy
        .exempt_namespaces
        .keys()
        .map(ToString::to_string)
        .collect();
    let reasons: Vec<_> = policy
        .exempt_namespaces
        .iter()
        .map(|(namespace, reason)| format!("{namespace}: {reason}"))
        .collect();
    let exempt = config::Config {
        spec: Some(config::ConfigSpec {
            match_: Some(vec![config::ConfigMatch {
                excluded_namespaces: Some(namespaces),
                processes: Some(vec!["*".to_owned()]),
            }]),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::namespaced(&GATEKEEPER, name!(ObjectName, "config"), exempt).annotate(
        names::annotation_key!("platform/exempt-reasons"),
        reasons.join("; "),
    )
}
