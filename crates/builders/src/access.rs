//! Service accounts and what they may do, with role and binding made together so that neither dangles.

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::api::rbac::v1 as rbac;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use manifest::Manifest;
use names::{AnnotationKey, NamespaceName, RoleName, ServiceAccountName};

use crate::{Identity, Labels, ServiceAccountRef};

/// A service account under construction; its token is not mounted unless a pod asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct ServiceAccount {
    reference: ServiceAccountRef,
    labels: Labels,
    annotations: Labels,
}

impl ServiceAccount {
    /// An account beside the workload of `identity`.
    pub fn new(identity: &Identity, name: &ServiceAccountName) -> Self {
        Self {
            reference: ServiceAccountRef::new(identity.namespace(), name),
            labels: identity.labels().clone(),
            annotations: Labels::new(),
        }
    }

    /// Adds an annotation, for instance the cloud role that the account may take on.
    pub fn annotation(mut self, key: &AnnotationKey, value: impl Into<String>) -> Self {
        self.annotations.insert(key.to_string(), value.into());
        self
    }

    /// The handle by which pods and grants refer to it.
    pub fn handle(&self) -> ServiceAccountRef {
        self.reference.clone()
    }

    /// The manifest.
    #[track_caller]
    pub fn manifest(self) -> Manifest {
        let account = core::ServiceAccount {
            metadata: ObjectMeta {
                labels: Some(self.labels),
                annotations: (!self.annotations.is_empty()).then_some(self.annotations),
                ..Default::default()
            },
            automount_service_account_token: Some(false),
            ..Default::default()
        };
        Manifest::namespaced(
            self.reference.namespace(),
            self.reference.name().clone(),
            account,
        )
    }
}

/// One rule of a role: verbs on resources, or verbs on URLs.
#[derive(Clone, Debug, PartialEq)]
pub struct Permission(rbac::PolicyRule);

fn owned<'a>(items: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    items.into_iter().map(str::to_owned).collect()
}

impl Permission {
    /// `verbs` on `resources` of one API group (`""` is the core group).
    pub fn new<'a>(
        group: &str,
        resources: impl IntoIterator<Item = &'a str>,
        verbs: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        Self(rbac::PolicyRule {
            api_groups: Some(vec![group.to_owned()]),
            resources: Some(owned(resources)),
            verbs: owned(verbs),
            ..Default::default()
        })
    }

    /// Only on the named objects.
    #[must_use]
    pub fn only<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Self {
        self.0.resource_names = Some(owned(names));
        self
    }

    /// `get` on paths of the API server that are no resources; cluster-wide grants only.
    pub fn paths<'a>(paths: impl IntoIterator<Item = &'a str>) -> Self {
        Self(rbac::PolicyRule {
            non_resource_urls: Some(owned(paths)),
            verbs: owned(["get"]),
            ..Default::default()
        })
    }
}

fn subject(account: &ServiceAccountRef) -> rbac::Subject {
    rbac::Subject {
        kind: "ServiceAccount".to_owned(),
        name: account.name().to_string(),
        namespace: Some(account.namespace().to_string()),
        ..Default::default()
    }
}

fn role_ref(kind: &str, name: &impl ToString) -> rbac::RoleRef {
    rbac::RoleRef {
        api_group: "rbac.authorization.k8s.io".to_owned(),
        kind: kind.to_owned(),
        name: name.to_string(),
    }
}

/// Rights of one account in one namespace: a Role and its RoleBinding.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Grant {
    namespace: NamespaceName,
    role: RoleName,
    binding: RoleName,
    account: ServiceAccountRef,
    rules: Vec<Permission>,
}

impl Grant {
    /// `account` gets `rules` in `namespace`.
    pub fn new(
        namespace: &NamespaceName,
        role: &RoleName,
        account: &ServiceAccountRef,
        rules: impl IntoIterator<Item = Permission>,
    ) -> Self {
        Self {
            namespace: namespace.clone(),
            role: role.clone(),
            binding: role.clone(),
            account: account.clone(),
            rules: rules.into_iter().collect(),
        }
    }

    /// Another name for the binding than the role's.
    pub fn binding_named(mut self, name: &RoleName) -> Self {
        self.binding = name.clone();
        self
    }

    /// The Role and its RoleBinding.
    #[track_caller]
    pub fn manifests(self) -> [Manifest; 2] {
        let role = rbac::Role {
            rules: Some(self.rules.into_iter().map(|rule| rule.0).collect()),
            ..Default::default()
        };
        let binding = rbac::RoleBinding {
            role_ref: role_ref("Role", &self.role),
            subjects: Some(vec![subject(&self.account)]),
            ..Default::default()
        };
        [
            Manifest::namespaced(&self.namespace, self.role, role),
            Manifest::namespaced(&self.namespace, self.binding, binding),
        ]
    }
}

/// Rights of one account in the whole cluster: a `ClusterRole` and its `ClusterRoleBinding`.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct ClusterGrant {
    role: RoleName,
    account: ServiceAccountRef,
    rules: Vec<Permission>,
}

impl ClusterGrant {
    /// `account` gets `rules` in every namespace and on cluster-wide objects.
    pub fn new(
        role: &RoleName,
        account: &ServiceAccountRef,
        rules: impl IntoIterator<Item = Permission>,
    ) -> Self {
        Self {
            role: role.clone(),
            account: account.clone(),
            rules: rules.into_iter().collect(),
        }
    }

    /// The `ClusterRole` and its `ClusterRoleBinding`.
    #[track_caller]
    pub fn manifests(self) -> [Manifest; 2] {
        let role = rbac::ClusterRole {
            rules: Some(self.rules.into_iter().map(|rule| rule.0).collect()),
            ..Default::default()
        };
        let binding = rbac::ClusterRoleBinding {
            role_ref: role_ref("ClusterRole", &self.role),
            subjects: Some(vec![subject(&self.account)]),
            ..Default::default()
        };
        [
            Manifest::cluster(self.role.clone(), role),
            Manifest::cluster(self.role, binding),
        ]
    }
}
