//! As whom a workload acts at the provider: the role, the account or the managed identity behind its service account.

use std::collections::BTreeMap;

use environment::{CloudUser, Environment, Provider};
use names::{AnnotationKey, LabelKey, annotation_key, label_key};

/// What ties the service account of a workload to its identity at the provider.
#[derive(Clone, Debug, Default)]
pub(crate) struct Identity {
    /// Annotations of the service account.
    pub(crate) annotations: Vec<(AnnotationKey, String)>,
    /// Labels of the pods.
    pub(crate) pod_labels: Vec<(LabelKey, &'static str)>,
}

impl Identity {
    /// The annotations as charts take them.
    pub(crate) fn annotation_values(&self) -> BTreeMap<String, String> {
        self.annotations
            .iter()
            .map(|(key, value)| (key.to_string(), value.clone()))
            .collect()
    }

    /// The labels of the pods as charts take them.
    pub(crate) fn pod_label_values(&self) -> BTreeMap<String, String> {
        self.pod_labels
            .iter()
            .map(|(key, value)| (key.to_string(), (*value).to_owned()))
            .collect()
    }
}

/// The service account of Google that `user` acts as; the project holds those of one cluster.
pub(crate) fn google_account(project: &str, user: CloudUser) -> String {
    format!("{user}@{project}.iam.gserviceaccount.com")
}

/// The identity of `user`: on EKS a role of the account, on GKE a service account of the project, on AKS a managed
/// identity whose client ID the environment holds.
pub(crate) fn identity(environment: &Environment, user: CloudUser) -> Identity {
    let cluster = &environment.cluster.name;
    match &environment.cluster.provider {
        Provider::Eks(eks) => Identity {
            annotations: vec![(
                annotation_key!("eks.amazonaws.com/role-arn"),
                format!("arn:aws:iam::{}:role/{cluster}-{user}", eks.account.value),
            )],
            pod_labels: Vec::new(),
        },
        Provider::Gke(gke) => Identity {
            annotations: vec![(
                annotation_key!("iam.gke.io/gcp-service-account"),
                google_account(&gke.project, user),
            )],
            pod_labels: Vec::new(),
        },
        Provider::Aks(aks) => Identity {
            annotations: aks
                .identities
                .get(&user)
                .into_iter()
                .flat_map(|client| {
                    [
                        (
                            annotation_key!("azure.workload.identity/client-id"),
                            client.to_string(),
                        ),
                        (
                            annotation_key!("azure.workload.identity/tenant-id"),
                            aks.tenant.to_string(),
                        ),
                    ]
                })
                .collect(),
            pod_labels: vec![(label_key!("azure.workload.identity/use"), "true")],
        },
    }
}
