//! Objects that are in the cluster although no manifest of this tree makes them.

use environment::Environment;

/// An object that a provider or a chart makes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExternalObject {
    /// Its API version.
    pub api_version: &'static str,
    /// Its kind.
    pub kind: &'static str,
    /// Its namespace; none for a kind of the whole cluster.
    pub namespace: Option<&'static str>,
    /// Its name.
    pub name: &'static str,
    /// The labels of its pods, where it is a workload.
    pub pod_labels: &'static [(&'static str, &'static str)],
    /// Who makes it.
    pub made_by: &'static str,
}

/// What the provider and the charts of `environment` put into the cluster, as far as manifests of the tree refer to it.
pub fn external_objects(_environment: &Environment) -> Vec<ExternalObject> {
    let kube_system = |api_version, kind, name, pod_labels, made_by| ExternalObject {
        api_version,
        kind,
        namespace: Some("kube-system"),
        name,
        pod_labels,
        made_by,
    };
    vec![
        ExternalObject {
            api_version: "v1",
            kind: "Namespace",
            namespace: None,
            name: "kube-system",
            pod_labels: &[],
            made_by: "Kubernetes",
        },
        ExternalObject {
            api_version: "v1",
            kind: "Namespace",
            namespace: None,
            name: "argocd",
            pod_labels: &[],
            made_by: "whoever installs Argo CD, before the root Application is applied",
        },
        kube_system(
            "apps/v1",
            "Deployment",
            "coredns",
            &[("k8s-app", "kube-dns")],
            "the add-on coredns of the provider",
        ),
        ExternalObject {
            api_version: "apps/v1",
            kind: "Deployment",
            namespace: Some("istio-system"),
            name: "istiod",
            pod_labels: &[("app", "istiod")],
            made_by: "the chart istiod",
        },
        ExternalObject {
            api_version: "apps/v1",
            kind: "Deployment",
            namespace: Some("velero"),
            name: "velero",
            pod_labels: &[("app.kubernetes.io/name", "velero")],
            made_by: "the chart velero, where the environment has backups",
        },
        ExternalObject {
            api_version: "apps/v1",
            kind: "Deployment",
            namespace: Some("istio-ingress"),
            name: "istio-ingress",
            pod_labels: &[("app", "istio-ingress"), ("istio", "ingress")],
            made_by: "the chart gateway",
        },
        ExternalObject {
            api_version: "v1",
            kind: "ServiceAccount",
            namespace: Some("istio-ingress"),
            name: "istio-ingress",
            pod_labels: &[],
            made_by: "the chart gateway",
        },
    ]
}
