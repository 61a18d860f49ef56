//! Pods by their labels, so that a selector need not be held to each of them.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value as Json;

use super::pods::{self, Pods};

/// The positions of pods by the fingerprint of a namespace and a label, in order. Two labels may have one fingerprint, so
/// that what is found has to be held to the selector still.
#[derive(Default)]
pub(super) struct Labelled(BTreeMap<u64, Vec<usize>>);

impl Labelled {
    pub(super) fn of(pods: &[Pods<'_>]) -> Self {
        let mut index = Self::default();
        for (position, pods) in pods.iter().enumerate() {
            for (key, value) in &pods.labels {
                let label = fingerprint(pods.namespace, key, value);
                index.0.entry(label).or_default().push(position);
            }
        }
        index
    }

    /// The pods that have that one of the labels which the fewest have; `None` where no label is given by its value.
    pub(super) fn rarest(&self, namespace: &str, labels: Option<&Json>) -> Option<&[usize]> {
        let labels = labels?.as_object()?.iter();
        // What a controller adds stands in no template.
        let labels = labels.filter(|(key, _)| !pods::is_added_by_some(key));
        let found = labels.filter_map(|(key, value)| {
            let label = fingerprint(namespace, key, value.as_str()?);
            Some(self.0.get(&label).map_or(&[][..], Vec::as_slice))
        });
        found.min_by_key(|positions| positions.len())
    }
}

/// Equal for equal labels, on every machine and in every run.
fn fingerprint(namespace: &str, key: &str, value: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (namespace, key, value).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::cluster::Cluster;
    use crate::context::Context;
    use crate::read::read;

    #[test]
    fn only_pods_of_the_namespace_that_have_the_labels_are_candidates() {
        let pod = |namespace: &str, name: &str, labels: &str| {
            format!(
                "apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, namespace: {namespace}, labels: {{{labels}}}}}\n\
                 spec: {{containers: [{{name: a}}]}}\n---\n"
            )
        };
        let text = [
            pod("a", "one", "app: web, tier: front"),
            pod("a", "two", "app: web"),
            pod("b", "three", "app: web, tier: front"),
        ];
        let documents = read(&text.concat(), "a.yaml").documents;
        let context = Context::new("1.35".parse().unwrap(), schemas::Store::embedded());
        let cluster = Cluster::new(&documents, &context);
        let found = |labels: Option<Json>| -> Vec<&str> {
            let found = cluster.labelled("a", labels.as_ref()).into_iter();
            found.map(|(_, pods)| pods.id.name.as_str()).collect()
        };
        assert_eq!(found(Some(json!({"app": "web", "tier": "front"}))), ["one"]);
        assert_eq!(found(Some(json!({"app": "web"}))), ["one", "two"]);
        assert_eq!(found(Some(json!({"app": "db"}))), [] as [&str; 0]);
        // Which pods have what is only added at run time cannot be told from the labels.
        let added = json!({"app": "web", "apps.kubernetes.io/pod-index": "0"});
        assert_eq!(found(Some(added)), ["one", "two"]);
        assert_eq!(found(None), ["one", "two"]);
    }
}
