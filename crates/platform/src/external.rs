//! Objects that are in the cluster although no manifest of this tree makes them.

use environment::{Environment, Provider};
use names::NamespaceName;

use crate::addons;

/// Where Argo CD runs: whoever installs it makes the namespace, before the root Application is applied.
pub(crate) const ARGO_CD: NamespaceName = NamespaceName::from_static("argocd");

/// An object that a provider or a chart makes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExternalObject {
    /// Its API version.
    pub api_version: &'static str,
    /// Its kind.
    pub kind: &'static str,
    /// Its namespace; none for a kind of the whole cluster.
    pub namespace: Option<String>,
    /// Its name.
    pub name: String,
    /// The labels of its pods, where it is a workload, as far as others find it by them.
    pub pod_labels: Vec<(String, String)>,
    /// Who makes it.
    pub made_by: String,
}

/// What the provider and the charts of `environment` put into the cluster, as far as manifests of the tree refer to it.
pub fn external_objects(environment: &Environment) -> Vec<ExternalObject> {
    let namespace = |name: &str, made_by: &str| ExternalObject {
        api_version: "v1",
        kind: "Namespace",
        namespace: None,
        name: name.to_owned(),
        pod_labels: Vec::new(),
        made_by: made_by.to_owned(),
    };
    let mut objects = vec![
        namespace("kube-system", "Kubernetes"),
        namespace(
            ARGO_CD.as_str(),
            "whoever installs Argo CD, before the root Application is applied",
        ),
        ExternalObject {
            api_version: "rbac.authorization.k8s.io/v1",
            kind: "Role",
            namespace: Some("kube-system".to_owned()),
            name: "extension-apiserver-authentication-reader".to_owned(),
            pod_labels: Vec::new(),
            made_by: "the API server, for servers that stand behind it".to_owned(),
        },
        ExternalObject {
            api_version: "apps/v1",
            kind: "Deployment",
            namespace: Some("kube-system".to_owned()),
            name: "coredns".to_owned(),
            pod_labels: vec![("k8s-app".to_owned(), "kube-dns".to_owned())],
            made_by: "the add-on coredns of the provider".to_owned(),
        },
    ];
    if matches!(environment.cluster.provider, Provider::Eks(_)) {
        objects.push(ExternalObject {
            api_version: "v1",
            kind: "ServiceAccount",
            namespace: Some("kube-system".to_owned()),
            name: "aws-node".to_owned(),
            pod_labels: Vec::new(),
            made_by: "the add-on vpc-cni of the provider".to_owned(),
        });
    }
    objects.extend(addons::external_objects(environment));
    objects.sort();
    objects.dedup();
    objects
}
