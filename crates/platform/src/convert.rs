//! Values of the environment in the form that builders take.

use std::collections::BTreeMap;

use api::autoscaling_k8s_io::v1::VerticalPodAutoscalerUpdatePolicyUpdateMode as UpdateMode;
use builders::{Identity, Method, Resources};
use environment::{ComputeResources, HttpMethod, VerticalMode};
use k8s_openapi::api::core::v1::ResourceRequirements;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use names::{
    ApplicationName, Bytes, Cpu, LabelValue, NamespaceName, WorkloadName, label_key, label_value,
};

/// Requests and limits of a container.
pub(crate) fn resources(resources: &ComputeResources) -> Resources {
    let (cpu, memory) = (&resources.cpu, &resources.memory);
    Resources::new(
        (*cpu.lower(), *memory.lower()),
        (*cpu.upper(), *memory.upper()),
    )
}

/// An identity that is found by the label `app`, with the labels that Kubernetes recommends beside it.
pub(crate) fn identity(
    application: &ApplicationName,
    namespace: &NamespaceName,
    name: &WorkloadName,
) -> Identity {
    identity_found_by(application, namespace, name, &name.clone().into())
}

/// An identity that is found by another value of the label `app` than its name.
pub(crate) fn identity_found_by(
    application: &ApplicationName,
    namespace: &NamespaceName,
    name: &WorkloadName,
    app: &LabelValue,
) -> Identity {
    Identity::found_by(application, namespace, name, &label_key!("app"), app)
        .label(&label_key!("app.kubernetes.io/name"), &name.clone().into())
        .label(
            &label_key!("app.kubernetes.io/part-of"),
            &application.clone().into(),
        )
        .label(&label_key!("app.kubernetes.io/managed-by"), &MANAGED_BY)
}

/// Who manages every object of the tree.
pub(crate) const MANAGED_BY: names::LabelValue = label_value!("platform");

/// The method as flows take it.
pub(crate) fn method(method: HttpMethod) -> Method {
    match method {
        HttpMethod::Get => Method::Get,
        HttpMethod::Head => Method::Head,
        HttpMethod::Post => Method::Post,
        HttpMethod::Put => Method::Put,
        HttpMethod::Patch => Method::Patch,
        HttpMethod::Delete => Method::Delete,
    }
}

/// Requests and limits as Kubernetes and the values of charts take them.
pub(crate) fn requests_and_limits(resources: &ComputeResources) -> ResourceRequirements {
    let amounts = |cpu: &Cpu, memory: &Bytes| {
        BTreeMap::from([
            ("cpu".to_owned(), Quantity(cpu.to_string())),
            ("memory".to_owned(), Quantity(memory.to_string())),
        ])
    };
    ResourceRequirements {
        requests: Some(amounts(resources.cpu.lower(), resources.memory.lower())),
        limits: Some(amounts(resources.cpu.upper(), resources.memory.upper())),
        ..Default::default()
    }
}

/// What a vertical autoscaler does with its recommendation.
pub(crate) fn update_mode(mode: VerticalMode) -> UpdateMode {
    match mode {
        VerticalMode::Off => UpdateMode::Off,
        VerticalMode::Initial => UpdateMode::Initial,
        VerticalMode::Recreate => UpdateMode::Recreate,
        VerticalMode::InPlaceOrRecreate => UpdateMode::InPlaceOrRecreate,
    }
}
