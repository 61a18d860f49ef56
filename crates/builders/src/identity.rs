//! Who a workload is: its name, its labels, and the selector that is a part of them by construction.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use names::{ApplicationName, LabelKey, LabelValue, NamespaceName, WorkloadName};

/// Labels as Kubernetes takes them, sorted by key.
pub type Labels = BTreeMap<String, String>;

/// A workload's name, namespace, application and labels.
///
/// The selector is fixed when the identity is made, because Kubernetes never lets it change; labels may be added, and
/// each of them reaches the pods but never the selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    application: ApplicationName,
    namespace: NamespaceName,
    name: WorkloadName,
    selector: Labels,
    labels: Labels,
}

impl Identity {
    /// An identity whose pods are found by `key` = `name`.
    pub fn new(
        application: &ApplicationName,
        namespace: &NamespaceName,
        name: &WorkloadName,
        key: &LabelKey,
    ) -> Self {
        Self::found_by(application, namespace, name, key, &name.clone().into())
    }

    /// An identity whose pods are found by `key` = `value`, where that is not the workload's name.
    pub fn found_by(
        application: &ApplicationName,
        namespace: &NamespaceName,
        name: &WorkloadName,
        key: &LabelKey,
        value: &LabelValue,
    ) -> Self {
        let selector = Labels::from([(key.to_string(), value.to_string())]);
        Self {
            application: application.clone(),
            namespace: namespace.clone(),
            name: name.clone(),
            labels: selector.clone(),
            selector,
        }
    }

    /// Adds a label to the object and its pods; a key of the selector keeps its value.
    #[must_use]
    pub fn label(mut self, key: &LabelKey, value: &LabelValue) -> Self {
        self.labels
            .entry(key.to_string())
            .or_insert_with(|| value.to_string());
        self
    }

    /// The application that this workload is a part of.
    pub fn application(&self) -> &ApplicationName {
        &self.application
    }

    /// The namespace of the workload.
    pub fn namespace(&self) -> &NamespaceName {
        &self.namespace
    }

    /// The name of the workload.
    pub fn name(&self) -> &WorkloadName {
        &self.name
    }

    /// All labels, the selector's among them.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// The labels that find the pods; they never change.
    pub fn selector(&self) -> &Labels {
        &self.selector
    }

    /// The selector in the form that most kinds take.
    pub fn label_selector(&self) -> LabelSelector {
        LabelSelector {
            match_labels: Some(self.selector.clone()),
            ..Default::default()
        }
    }

    /// Metadata that carries the labels; the manifest adds name and namespace.
    pub fn metadata(&self) -> ObjectMeta {
        ObjectMeta {
            labels: Some(self.labels.clone()),
            ..Default::default()
        }
    }
}
