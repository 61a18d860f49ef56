//! Where targets come from: the Kubernetes API, or a list.

use std::collections::BTreeMap;

use names::NamespaceName;
use serde::Serialize;

use super::label::LabelName;
use crate::serialize;

/// What is discovered. The role `endpoints` is missing on purpose: Kubernetes 1.33 deprecated the
/// objects that it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// One target a node: the kubelet's address.
    Node,
    /// One target for each port of each Service.
    Service,
    /// One target for each declared port of each container.
    Pod,
    /// One target for each address and port of each `EndpointSlice`, and one for each further port
    /// of the pods behind.
    EndpointSlice,
    /// One target for each path of each Ingress.
    Ingress,
}

/// Only objects of one role that match; the API server does the selecting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Selector {
    /// Which of the objects that the discovery reads.
    pub role: Role,
    /// A label selector.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// A field selector.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// The namespaces that are watched; all of them where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Namespaces {
    /// That of Prometheus itself.
    #[serde(skip_serializing_if = "serialize::is_false")]
    pub own_namespace: bool,
    /// These.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        serialize_with = "serialize::display_list"
    )]
    pub names: Vec<NamespaceName>,
}

/// Metadata of related objects that targets carry too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AttachMetadata {
    /// Labels and annotations of the pod's node.
    #[serde(skip_serializing_if = "serialize::is_false")]
    pub node: bool,
}

/// Discovery through the API server of the cluster that Prometheus runs in, as its service account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KubernetesDiscovery {
    /// What is discovered.
    pub role: Role,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespaces: Option<Namespaces>,
    /// Which ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub selectors: Vec<Selector>,
    /// What else the targets carry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attach_metadata: Option<AttachMetadata>,
}

impl KubernetesDiscovery {
    /// Everything of this role, everywhere.
    pub fn of(role: Role) -> Self {
        Self {
            role,
            namespaces: None,
            selectors: Vec::new(),
            attach_metadata: None,
        }
    }

    /// Only in this namespace.
    pub fn in_namespace(mut self, namespace: &NamespaceName) -> Self {
        self.namespaces
            .get_or_insert_default()
            .names
            .push(namespace.clone());
        self
    }
}

/// Targets that are always there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StaticTargets {
    /// Host and port of each.
    pub targets: Vec<String>,
    /// Labels that they get.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<LabelName, String>,
}
