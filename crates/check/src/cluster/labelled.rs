//! Pods by their labels, so that a selector need not be held to each of them.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value as Json;

use super::pods::Pods;

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
