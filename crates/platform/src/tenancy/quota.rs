//! What all pods of a namespace together may have.

use std::collections::BTreeMap;

use environment::Quota;
use k8s_openapi::api::core::v1::{ResourceQuota, ResourceQuotaSpec};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use manifest::Manifest;
use names::{NamespaceName, ObjectName, name};

/// The quota of one namespace.
pub(super) fn quota(namespace: &NamespaceName, quota: &Quota) -> Manifest {
    let hard = BTreeMap::from(
        [
            ("requests.cpu", quota.cpu.lower().to_string()),
            ("limits.cpu", quota.cpu.upper().to_string()),
            ("requests.memory", quota.memory.lower().to_string()),
            ("limits.memory", quota.memory.upper().to_string()),
            ("requests.storage", quota.storage.to_string()),
            ("pods", quota.pods.to_string()),
        ]
        .map(|(resource, amount)| (resource.to_owned(), Quantity(amount))),
    );
    let quota = ResourceQuota {
        spec: Some(ResourceQuotaSpec {
            hard: Some(hard),
            ..Default::default()
        }),
        ..Default::default()
    };
    Manifest::namespaced(namespace, name!(ObjectName, "quota"), quota)
}
