//! What a container gets that says nothing itself.

use std::collections::BTreeMap;

use environment::ContainerDefaults;
use k8s_openapi::api::core::v1::{LimitRange, LimitRangeItem, LimitRangeSpec};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use manifest::Manifest;
use names::{Bytes, Cpu, NamespaceName, ObjectName, name};

/// Default requests and limits of one namespace, and the most that one container may have where that is bounded.
pub(super) fn limit_range(
    namespace: &NamespaceName,
    defaults: &ContainerDefaults,
    most: Option<(Cpu, Bytes)>,
) -> Manifest {
    let amounts = |cpu: String, memory: String| {
        BTreeMap::from([
            ("cpu".to_owned(), Quantity(cpu)),
            ("memory".to_owned(), Quantity(memory)),
        ])
    };
    let item = LimitRangeItem {
        type_: "Container".to_owned(),
        default_request: Some(amounts(
            defaults.cpu.lower().to_string(),
            defaults.memory.lower().to_string(),
        )),
        default: Some(amounts(
            defaults.cpu.upper().to_string(),
            defaults.memory.upper().to_string(),
        )),
        max: most.map(|(cpu, memory)| amounts(cpu.to_string(), memory.to_string())),
        ..Default::default()
    };
    let limits = LimitRange {
        spec: Some(LimitRangeSpec { limits: vec![item] }),
        ..Default::default()
    };
    Manifest::namespaced(namespace, name!(ObjectName, "defaults"), limits)
}
