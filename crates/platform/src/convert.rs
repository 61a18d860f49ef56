//! Values of the environment in the form that builders take.

use builders::{Identity, Method, Resources};
use environment::{ComputeResources, HttpMethod};
use names::{ApplicationName, NamespaceName, WorkloadName, label_key, label_value};

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
    Identity::new(application, namespace, name, &label_key!("app"))
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

/// Requests and limits as charts take them.
pub(crate) fn requests_and_limits(resources: &ComputeResources) -> serde_json::Value {
    serde_json::json!({
        "requests": {
            "cpu": resources.cpu.lower().to_string(),
            "memory": resources.memory.lower().to_string(),
        },
        "limits": {
            "cpu": resources.cpu.upper().to_string(),
            "memory": resources.memory.upper().to_string(),
        },
    })
}
