//! Who may do what in a tenant's namespace.

use std::collections::BTreeMap;

use environment::TenantPlan;
use k8s_openapi::api::rbac::v1 as rbac;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use manifest::Manifest;
use names::{RoleName, name};

const RBAC: &str = "rbac.authorization.k8s.io";

/// The tenant's group gets the built-in role `edit` in its namespace.
pub(super) fn editors(plan: &TenantPlan<'_>) -> Manifest {
    let binding = rbac::RoleBinding {
        role_ref: rbac::RoleRef {
            api_group: RBAC.to_owned(),
            kind: "ClusterRole".to_owned(),
            name: "edit".to_owned(),
        },
        subjects: Some(vec![rbac::Subject {
            api_group: Some(RBAC.to_owned()),
            kind: "Group".to_owned(),
            name: plan.group.clone(),
            namespace: None,
        }]),
        ..Default::default()
    };
    Manifest::namespaced(&plan.namespace, name!(RoleName, "tenant-editors"), binding)
}

/// Lets whoever may look at a namespace look at its vertical autoscalers: the built-in roles know them only so.
pub(super) fn viewers_of_autoscalers() -> Manifest {
    let to_view = (format!("{RBAC}/aggregate-to-view"), "true".to_owned());
    let role = rbac::ClusterRole {
        metadata: ObjectMeta {
            labels: Some(BTreeMap::from([to_view])),
            ..Default::default()
        },
        rules: Some(vec![rbac::PolicyRule {
            api_groups: Some(vec!["autoscaling.k8s.io".to_owned()]),
            resources: Some(
                ["verticalpodautoscalers", "verticalpodautoscalercheckpoints"]
                    .map(str::to_owned)
                    .into(),
            ),
            verbs: ["get", "list", "watch"].map(str::to_owned).into(),
            ..Default::default()
        }]),
        ..Default::default()
    };
    Manifest::cluster(
        name!(RoleName, "platform:view-vertical-pod-autoscalers"),
        role,
    )
}
