//! Whether objects belong to a namespace or to the whole cluster.

use crate::document::Document;

/// Kinds of Kubernetes and its neighbours that belong to the whole cluster.
const OF_THE_CLUSTER: [(&str, &str); 27] = [
    ("", "Namespace"),
    ("", "Node"),
    ("", "PersistentVolume"),
    ("rbac.authorization.k8s.io", "ClusterRole"),
    ("rbac.authorization.k8s.io", "ClusterRoleBinding"),
    ("apiextensions.k8s.io", "CustomResourceDefinition"),
    ("storage.k8s.io", "StorageClass"),
    ("storage.k8s.io", "CSIDriver"),
    ("storage.k8s.io", "VolumeAttributesClass"),
    ("scheduling.k8s.io", "PriorityClass"),
    ("node.k8s.io", "RuntimeClass"),
    ("networking.k8s.io", "IngressClass"),
    (
        "admissionregistration.k8s.io",
        "ValidatingWebhookConfiguration",
    ),
    (
        "admissionregistration.k8s.io",
        "MutatingWebhookConfiguration",
    ),
    ("admissionregistration.k8s.io", "ValidatingAdmissionPolicy"),
    (
        "admissionregistration.k8s.io",
        "ValidatingAdmissionPolicyBinding",
    ),
    ("apiregistration.k8s.io", "APIService"),
    ("certificates.k8s.io", "CertificateSigningRequest"),
    ("snapshot.storage.k8s.io", "VolumeSnapshotClass"),
    ("cert-manager.io", "ClusterIssuer"),
    ("external-secrets.io", "ClusterSecretStore"),
    ("external-secrets.io", "ClusterExternalSecret"),
    ("kyverno.io", "ClusterPolicy"),
    ("gateway.networking.k8s.io", "GatewayClass"),
    ("projectcalico.org", "GlobalNetworkPolicy"),
    ("templates.gatekeeper.sh", "ConstraintTemplate"),
    ("argoproj.io", "ClusterAnalysisTemplate"),
];

/// Whether an object belongs to the whole cluster; `None` where that cannot be told from it.
pub(super) fn of(document: &Document) -> Option<bool> {
    let id = &document.id;
    if id.namespace.is_some() {
        return Some(false);
    }
    OF_THE_CLUSTER
        .contains(&(id.group(), id.kind.as_ref()))
        .then_some(true)
}
