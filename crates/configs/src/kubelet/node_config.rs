//! nodeadm's `NodeConfig`, `node.eks.aws/v1alpha1`: what an EKS node with Amazon Linux 2023 reads
//! from its user data.

use names::{Cidr, Url};
use serde::Serialize;

use super::configuration::KubeletSettings;
use crate::serialize;

/// The cluster that a node joins. Managed node groups and Karpenter add it by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterDetails {
    /// Its name.
    pub name: String,
    /// The address of its API server.
    #[serde(serialize_with = "serialize::display")]
    pub api_server_endpoint: Url,
    /// The authority of its API server, in base64.
    pub certificate_authority: String,
    /// The addresses of its Services.
    #[serde(serialize_with = "serialize::display")]
    pub cidr: Cidr,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Kubelet {
    config: KubeletSettings,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    flags: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Spec {
    #[serde(skip_serializing_if = "Option::is_none")]
    cluster: Option<ClusterDetails>,
    kubelet: Kubelet,
}

/// A whole document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NodeConfig {
    #[serde(rename = "apiVersion")]
    api_version: &'static str,
    kind: &'static str,
    spec: Spec,
}

/// Divides the parts of user data; no line of a document begins with it.
const BOUNDARY: &str = "NODE-CONFIG";

impl NodeConfig {
    /// A node with these settings of its kubelet.
    pub fn new(kubelet: KubeletSettings) -> Self {
        let spec = Spec {
            cluster: None,
            kubelet: Kubelet {
                config: kubelet,
                flags: Vec::new(),
            },
        };
        Self {
            api_version: "node.eks.aws/v1alpha1",
            kind: "NodeConfig",
            spec,
        }
    }

    /// The same, joining this cluster: for self-managed nodes.
    pub fn joining(mut self, cluster: ClusterDetails) -> Self {
        self.spec.cluster = Some(cluster);
        self
    }

    /// The same with a command line flag of the kubelet, such as `--node-labels=a=b`. What is in
    /// the settings wins over flags.
    pub fn flag(mut self, flag: impl Into<String>) -> Self {
        self.spec.kubelet.flags.push(flag.into());
        self
    }

    /// The document.
    pub fn to_text(&self) -> String {
        yaml::text(self)
    }

    /// The document as user data: one part of a MIME message, to which EKS and Karpenter add
    /// theirs.
    pub fn to_user_data(&self) -> String {
        let document = self.to_text();
        format!(
            "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"{BOUNDARY}\"\n\n\
             --{BOUNDARY}\nContent-Type: application/node.eks.aws\n\n---\n{document}\n--{BOUNDARY}--\n"
        )
    }
}
